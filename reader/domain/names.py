"""Names that a text speaks of: runs of capitalised words inside its sentences."""

from __future__ import annotations

from collections import Counter

from reader.domain.patterns import lazy

LONGEST = 4
MOST_WORDS = 20_000

_PIECE = lazy(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.!?:;\"“”«»()\[\]\n•,]|\S")
_SMALL = frozenset(["of", "de", "van", "von", "der", "den", "la", "le", "du", "da", "di", "the"])
_ENDS = frozenset('.!?:;"“”«»()[]\n•')
# Capitalised in English wherever they stand, and no subject.
_NO_NAMES = frozenset(
    """
    i i'm i've i'll i’m i’ve i’ll monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december mr mrs ms dr prof
    """.split()  # noqa: SIM905
)


def names(text: str) -> Counter[str]:
    """The names in *text* with how often each occurs, the start of a sentence aside; ``Bank of Norland`` is one."""
    found: Counter[str] = Counter()
    run: list[str] = []
    is_start = True
    for number, match in enumerate(_PIECE.finditer(text)):
        if number > MOST_WORDS:
            break
        piece = match[0]
        if piece[0].isupper() and not is_start and piece.lower() not in _NO_NAMES:
            run.append(piece)
            continue
        if run and piece in _SMALL:
            run.append(piece)
            continue
        _keep(run, found)
        run = []
        is_start = piece in _ENDS or (is_start and not piece[0].isalnum())
    _keep(run, found)
    return found


def _keep(run: list[str], found: Counter[str]) -> None:
    while run and run[-1] in _SMALL:
        run.pop()
    if 0 < len(run) <= LONGEST and len("".join(run)) > 2:
        found[" ".join(run)] += 1
