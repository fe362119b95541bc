"""Pure values and rules: no input, no output, nothing of ours imported from other rooms."""
