"""A made-up library of any size that behaves like news in a full-text index.

    for story in stories(100_000):
        ...

Word frequencies follow Zipf, real function words come first, the other words are made up but can be
pronounced. Each story has a topic (so that words of one topic occur together), fixed phrases (so that
phrase queries hit), and one word that is in no other story (`own_word`). Story k is the same whatever
the count, so a larger library contains the smaller one.

`marks(number, text)` are the passages that someone marked in a story, one story in ten, and what he noted at them.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

FUNCTION_WORDS = """
the of and to a in is that for it was on with as be by at this from are have not but had his or they which
one you were all her she there would their we him been has when who will no more if out so up said what its
about than into them can only other time new some could these two may first then do any like my now over such
our man me even most made after also did many off before must well back through years where much your way
down should because long each just state those people too how little good world make very year still see
work life get here between both being under never day same another know while last might us great old go come
since against right came take used himself few house place during high without again home around small
however found part school thought went say general once upon war left every
""".split()  # noqa: SIM905
TAGS = """
tech science politics business health climate culture sport travel food books history design security space
linux python energy law education music film art economy europe asia africa longread opinion interview review
tutorial research data web privacy games hardware finance policy photo family garden bikes maps
""".split()  # noqa: SIM905
# What people write at passages, the frequent ones first; in no story.
NOTE_WORDS = """
quote check disagree cite compare unclear remember followup contradicts excellent source recheck chapter reread
doubtful lecture thesis footnote paraphrase rebuttal
""".split()  # noqa: SIM905
COLOURS = ["yellow", "yellow", "green", "blue", "pink", "purple"]
MARKED = 10  # one story in so many
MOST_MARKS = 5
ONSETS = [*"bdfghklmnprstvwbdlmnprst", "br", "cl", "gr", "pl", "qu", "sh", "st", "th", "tr"]
VOWELS = [*"aeiouaeioaei", "ai", "ea", "ou"]
CODAS = ["", "", "", "", *"lmnrst", "nd", "rk", "st"]
ENDINGS = ["", "", "", "", "", "s", "ed", "er", "ing", "ly", "al"]

VOCABULARY = 60_000
TOPICS = 200
TOPIC_WORDS = 250
PHRASES = 6_000
WHEEL = 1 << 18
FIRST_ADDED = datetime(2008, 1, 1, 6, 0, tzinfo=UTC)
BETWEEN = timedelta(minutes=8)


@dataclass(frozen=True, slots=True)
class Story:
    """One article. ``added`` rises from story to story; ``text`` has paragraphs, no title."""

    title: str
    author: str
    site: str
    url: str
    published: str  # YYYY-MM-DD
    added: datetime
    tags: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of a story's text, by code points; ``note`` may be empty."""

    start: int
    end: int
    colour: str
    note: str


def stories(count: int, *, start: int = 0, mean_words: int = 500, seed: int = 7) -> Iterator[Story]:
    """Stories number *start* to *start + count - 1*, oldest first."""
    press = _press(seed)
    for number in range(start, start + count):
        yield press.story(number, mean_words)


def own_word(number: int) -> str:
    """The word that stands once in the text of story *number* and in no other."""
    letters = ""
    while number or len(letters) < 6:
        number, digit = divmod(number, 100)
        letters += "bcdfghjklmnpqrstvwxz"[digit // 5] + "aeiou"[digit % 5]
    return "zyx" + letters


def marks(number: int, text: str, seed: int = 7) -> list[Mark]:
    """The passages marked in story *number*, whose text is *text*: none or one to five, from front to back."""
    if number % MARKED != MARKED - 1:
        return []
    return _press(seed).marks(number, text)


def own_note_word(number: int) -> str:
    """The word that stands in the note at the first passage of story *number*, and nowhere else."""
    return own_word(number).replace("zyx", "qux", 1)


class Press:
    """Vocabulary, phrases, topics, names and sites of one seed; it writes the stories."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        random = Random(seed)
        words = _made_up_words(random, VOCABULARY - len(FUNCTION_WORDS))
        self.sites = [
            f"{a}{b}.{end}"
            for a, b, end in zip(
                words[300:700], words[900:1300], itertools.cycle(("com", "org", "net", "news"))
            )
        ]
        self.authors = [f"{a} {b}".title() for a, b in zip(words[2000:5000], words[9000:12000], strict=True)]
        self.topics = [
            [words[int(200 * 150 ** random.random())] for _ in range(TOPIC_WORDS)] for _ in range(TOPICS)
        ]
        phrases = [
            " ".join(words[int(30 * 300 ** random.random())] for _ in range(random.randint(2, 4)))
            for _ in range(PHRASES)
        ]
        # Choosing evenly from a list that holds each word as often as Zipf asks is five times as fast
        # as random.choices with weights. Each word is there at least once: the tail is flat.
        self.wheel = _wheel(FUNCTION_WORDS + words, WHEEL) + _wheel(phrases, WHEEL // 30)
        self.wheel += [word + "," for word in random.choices(self.wheel, k=len(self.wheel) // 18)]
        self.tags = _wheel(TAGS, 400)
        self.note_words = _wheel(NOTE_WORDS, 400)
        self.lengths = [max(3, min(40, int(random.gauss(19, 7)))) for _ in range(4096)]

    def story(self, number: int, mean_words: int) -> Story:
        random = Random(self.seed * 1_000_003 + number)
        choices, chance = random.choices, random.random
        count = int(min(6.0, max(0.2, random.lognormvariate(-0.25, 0.7))) * mean_words)
        words = choices(self.wheel, k=count)
        topic = self.topics[int(TOPICS * chance() ** 1.7)]
        topical = words[3::8]
        words[3::8] = subjects = choices(topic, k=len(topical))
        words[int(chance() * count)] = own_word(number)
        title = " ".join([*subjects[:2], *words[:3], *subjects[2:4]]).replace(",", "").capitalize()
        site = self.sites[int(len(self.sites) * chance() ** 2)]
        added = FIRST_ADDED + number * BETWEEN + timedelta(seconds=int(400 * chance()))
        published = added - timedelta(days=random.expovariate(1 / 365 if chance() < 0.15 else 1))
        return Story(
            title,
            self.authors[int(len(self.authors) * chance() ** 1.5)],
            site,
            f"https://www.{site}/{published:%Y/%m}/{'-'.join(subjects[:3])}-{number}",
            f"{published:%Y-%m-%d}",
            added,
            tuple(sorted(set(choices(self.tags, k=int(5 * chance()))))),
            self._prose(words, int(chance() * len(self.lengths))),
        )

    def marks(self, number: int, text: str) -> list[Mark]:
        random = Random(self.seed * 1_000_033 + number)
        found = []
        for place in sorted(random.sample(range(20), random.randint(1, MOST_MARKS))):
            start = text.rfind(" ", 0, len(text) * place // 20 + 1) + 1
            end = text.find(" ", min(len(text) - 1, start + random.randint(20, 200)))
            note = self._note(random) if random.random() < 0.5 or not found else ""
            if not found:
                note = f"{own_note_word(number)} {note}"
            found.append(Mark(start, end if end > 0 else len(text), random.choice(COLOURS), note))
        return found

    def _note(self, random: Random) -> str:
        said = random.choices(self.wheel, k=random.randint(2, 14))
        return " ".join([random.choice(self.note_words), *said])

    def _prose(self, words: list[str], rhythm: int) -> str:
        sentences, at, lengths = [], 0, self.lengths
        while at < len(words):
            rhythm = (rhythm + 1) % len(lengths)
            sentence = " ".join(words[at : at + lengths[rhythm]])
            sentences.append(sentence[0].upper() + sentence[1:].removesuffix(",") + ".")
            at += lengths[rhythm]
        return "\n\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))


@functools.lru_cache(maxsize=2)
def _press(seed: int) -> Press:
    return Press(seed)


def _wheel(words: list[str], size: int) -> list[str]:
    """*words*, the frequent ones first, each about as often as Zipf-Mandelbrot wants among *size*."""
    weights = [1 / (rank + 2.7) ** 1.07 for rank in range(len(words))]
    share = size / sum(weights)
    return [
        word
        for word, weight in zip(words, weights, strict=True)
        for _ in range(max(1, round(share * weight)))
    ]


def _made_up_words(random: Random, count: int) -> list[str]:
    """Different words; those at the front, which will be the frequent ones, are shorter."""
    seen = dict.fromkeys(FUNCTION_WORDS)
    known = len(seen)
    choice = random.choice
    while len(seen) < known + count:
        syllables = 1 + (len(seen) > 2_000) + (random.random() < 0.6)
        stem = "".join(choice(ONSETS) + choice(VOWELS) for _ in range(syllables))
        seen.setdefault(stem + choice(CODAS) + choice(ENDINGS))
    return list(seen)[known:]
