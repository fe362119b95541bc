"""Acting on what a query finds, from the command line; without a query on what is lit, as a key would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reader.domain.article import ArticleId
from reader.domain.change import Change
from reader.domain.query import parse
from reader.domain.scope import ids_in
from reader.tui.batch import act_on
from reader.tui.collecting import collecting_on
from reader.tui.refreshing import Refreshing
from reader.tui.screens.base import CommandScreen
from reader.tui.triage import Fate, Triage, label_of, meet, retag, writing

if TYPE_CHECKING:
    from reader.storage.library import Library

_IMPERATIVES = {"trashed": "Put into the trash", "restored": "Bring back from the trash"}


class Found(NamedTuple):
    """What a scope names, and what of its words was not understood."""

    articles: Sequence[ArticleId]
    problems: tuple[str, ...] = ()


class Deed(NamedTuple):
    """What to do with a scope: the *question* if there are several articles, what is said of so many, the change,
    and whether the scope is looked for in the trash."""

    question: str
    label: Callable[[int], str]
    write: Callable[[Sequence[ArticleId]], Callable[[Library], Change]]
    in_trash: bool = False


class Scoping:
    """A scope of more than one article is asked about, as on the command line; whatever was done is one action."""

    def __init__(self, screen: CommandScreen) -> None:
        self._screen = screen

    def meet(self, fate: Fate, words: str) -> None:
        """Have the articles that *words* name meet *fate*."""
        if not words:
            if self._has_articles():
                self._screen.reader.again = lambda screen: meet(screen, fate)
                meet(self._screen, fate)
            return
        question = _IMPERATIVES.get(fate, f"Mark as {fate}")
        self._ask(words, Deed(question, partial(label_of, fate), partial(writing, fate), fate == "restored"))

    def tag(self, add: Sequence[str], remove: Sequence[str], words: str) -> None:
        if not words:
            if (collecting := collecting_on(self._screen)) is not None:
                collecting.retag_shown(add, remove)
            elif self._has_articles():
                self._screen.reader.again = lambda screen: retag(screen, add, remove)
                retag(self._screen, add, remove)
            return
        changes = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])

        def apply(articles: Sequence[ArticleId]) -> Callable[[Library], Change]:
            return lambda library: library.tags.apply(articles, add, remove)

        self._ask(words, Deed(f"Tag {changes}", lambda number: f"{changes} · {_counted(number)}", apply))

    def fetch(self, words: str) -> None:
        """Fetch the links among the articles that *words* name."""
        self._fetch(words, Refreshing(self._screen).fetch)

    def refresh(self, words: str) -> None:
        """Fetch the articles that *words* name again."""
        self._fetch(words, Refreshing(self._screen).refresh)

    def _fetch(self, words: str, do: Callable[[Sequence[ArticleId]], None]) -> None:
        if words:
            self._screen.ask(partial(self._find_and_fetch, words, do), group="scope")
        elif self._has_articles():
            act_on(self._screen, lambda batch: do(batch.ids))

    async def _find_and_fetch(self, words: str, do: Callable[[Sequence[ArticleId]], None]) -> None:
        found = await self._screen.lane.read(partial(_find, words, False))
        if found.articles:
            do(found.articles)
        else:
            self._screen.say(" · ".join(found.problems or (f"No article matches {words}",)))

    def _has_articles(self) -> bool:
        has = any(isinstance(owner, Triage) for owner in self._screen.handlers)
        if not has:
            self._screen.say("say which articles: a query belongs behind the command here")
        return has

    def _ask(self, words: str, deed: Deed) -> None:
        self._screen.ask(partial(self._find_and_act, words, deed), group="scope")

    async def _find_and_act(self, words: str, deed: Deed) -> None:
        found = await self._screen.lane.read(partial(_find, words, deed.in_trash))
        number = len(found.articles)
        if not number:
            self._screen.say(" · ".join(found.problems or (f"No article matches {words}",)))
            return

        def act(yes: bool | None = True) -> None:
            if yes:
                self._screen.change(deed.label(number), deed.write(found.articles))
            else:
                self._screen.say("Nothing was changed")

        if number == 1 and not found.problems:
            act()
            return
        from reader.tui.screens.confirm import Confirm

        asked = f"{deed.question}: {_counted(number)}?"
        self._screen.reader.push_screen(Confirm(asked, detail=" · ".join(found.problems)), act)


def _find(words: str, in_trash: bool, library: Library) -> Found:
    ids = ids_in(words.split())
    if ids is not None:
        known = {summary.id for summary in library.articles.summaries(ids)}
        absent = [f"no article {number}" for number in ids if number not in known]
        return Found([] if absent else ids, tuple(absent))
    query = parse(words)
    if query.is_empty:
        return Found([], ("this query is empty and would act on everything: say on what",))
    problems = library.search.spelled_out(query).problems
    found = library.articles.find(query, scope="trash" if in_trash else "all")
    return Found(found, tuple(problem.told for problem in problems))


def _counted(number: int) -> str:
    return f"{number:,} article{'s' * (number != 1)}"
