"""Other programs' libraries, and files for other programs: one module a format."""
