"""What a text holds beside words, as its stored blocks say it."""

from __future__ import annotations

# Inside a JSON string the quotes would be escaped, so no text can look like one of these. The indexes
# `body_with_…` are over these very expressions.
HOLDS = {"image": '"k":"figure"', "code": '"k":"code"', "link": ',"link",'}
