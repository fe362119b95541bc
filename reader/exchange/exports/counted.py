"""Numbers in words."""


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
