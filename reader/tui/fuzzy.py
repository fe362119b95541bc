"""Finding a name by some of its letters."""

from __future__ import annotations


def match(typed: str, text: str) -> tuple[int, tuple[int, ...]] | None:
    """How well *text* answers to *typed*, higher is better, and the places of the letters; ``None`` if not at all.

    The whole run counts most, more so at the beginning of a word; else the letters in order, however far apart.
    """
    wanted, where = typed.casefold().strip(), text.casefold()
    if not wanted:
        return 0, ()
    at = where.find(wanted)
    if at >= 0:
        starts_word = at == 0 or not where[at - 1].isalnum()
        return 2000 + (1000 if starts_word else 0) + (500 if at == 0 else 0) - len(text), tuple(
            range(at, at + len(wanted))
        )
    places: list[int] = []
    at = -1
    for letter in wanted:
        if letter.isspace():
            continue
        at = where.find(letter, at + 1)
        if at < 0:
            return None
        places.append(at)
    return 1000 - (places[-1] - places[0]) * 4 - len(text), tuple(places)
