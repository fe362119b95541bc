"""Reading one article: the page, what is marked on it, and the way to the next one.

The screen holds the article and passes it round; each subject of its keys is a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize, ScreenResume
from textual.widgets import Input, Static

from reader.domain.article import Article, ArticleId, Summary
from reader.domain.document import Span
from reader.domain.highlight import Highlight
from reader.domain.query import Query
from reader.tui.adjusting import Adjusting
from reader.tui.annotating import Annotating
from reader.tui.caret import Caret
from reader.tui.choosing import Choosing
from reader.tui.colours import palette_of
from reader.tui.copying import Copying
from reader.tui.current import Current
from reader.tui.finding import Finding
from reader.tui.frame import Frame
from reader.tui.jumping import Jumping
from reader.tui.keys import Pressed
from reader.tui.labelling import Labelling
from reader.tui.likening import Likening
from reader.tui.linking import Linking
from reader.tui.looks import Looks
from reader.tui.marks import Marks
from reader.tui.modes import Modes
from reader.tui.operating import Operating
from reader.tui.outline import Outline
from reader.tui.passages import Passages
from reader.tui.progress import Progress
from reader.tui.reading import Reading
from reader.tui.refreshing import Refreshing
from reader.tui.relating import Relating
from reader.tui.repeating import Repeating
from reader.tui.reviewing import Reviewing
from reader.tui.screens.base import CommandScreen
from reader.tui.taking import Taking
from reader.tui.teaching import Teaching
from reader.tui.trail import Trail
from reader.tui.triage import Fate, Triage
from reader.tui.versioning import Versioning
from reader.tui.widgets.footer import CommandFooter
from reader.tui.widgets.notes_panel import NotesPanel
from reader.tui.widgets.page import ArticlePage
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.status import NARROW, StatusLine


class ArticleScreen(CommandScreen):
    """Shows one article at a time; ``trail`` holds the ids of the view one came from, in its order.

    With ``span`` it opens there, with ``query`` the words of it are lit and ``n`` and ``N`` go through them.
    ``article_id`` is the article that is shown, or the last one that was.
    """

    def __init__(
        self,
        article: ArticleId,
        *,
        trail: Sequence[ArticleId] = (),
        span: Span | None = None,
        query: Query | None = None,
    ) -> None:
        super().__init__(mode="article")
        # Kept here: asking the tree for them at every key costs more than most keys do.
        self.page = ArticlePage(id="page")
        self.panel = NotesPanel(id="notes")
        self.find_prompt = Prompt(placeholder="words in this article", id="find")
        self.status = StatusLine()
        self.frame = Frame(self)
        self.current = Current(self, article)
        self._first_span = span
        self.trail = Trail(self, trail)
        self.passages = Passages(self)
        self.progress = Progress(self)
        self.jumping = Jumping(self)
        self.linking = Linking(self)
        self.marks = Marks(self)
        self.looks = Looks(self)
        self.finding = Finding(self, query)
        self.choosing = Choosing(self)
        self.labelling = Labelling(self)
        self.operating = Operating(self)
        self.repeating = Repeating(self)
        self.teaching = Teaching(self)
        self.annotating = Annotating(self)
        self.reviewing = Reviewing(self)
        self.modes = Modes(self)
        self.refreshing = Refreshing(self)
        self._handlers = (
            self,
            self.modes,
            Reading(self),
            self.jumping,
            self.linking,
            self.marks,
            Outline(self),
            self.choosing,
            Caret(self),
            self.operating,
            self.repeating,
            self.annotating,
            Adjusting(self),
            self.reviewing,
            self.finding,
            self.trail,
            self.looks,
            Triage(self),
            Taking(self),
            Relating(self),
            Copying(self),
            Versioning(self),
            Likening(self, before=self._join, then=self.open),
            self.refreshing,
        )

    def compose(self) -> ComposeResult:
        with Horizontal(id="article-body"):
            yield self.page
            yield self.panel
        with Horizontal(id="find-line"):
            yield Static("/", markup=False, id="find-sign")
            yield self.find_prompt
        yield self.status
        yield CommandFooter()

    @property
    def handlers(self) -> tuple[object, ...]:
        return self._handlers

    @property
    def article(self) -> Article | None:
        return self.current.article

    @property
    def article_id(self) -> ArticleId:
        return self.current.id

    @property
    def is_link(self) -> bool:
        """Whether the text of the article is still to be fetched."""
        return self.article is not None and self.article.summary.unfetched is not None

    @property
    def has_no_text(self) -> bool:
        """Nothing to read: a link, or a book of which only the highlights came along."""
        return self.article is not None and (self.is_link or not self.article.document.text)

    # -- the article -----------------------------------------------------------------------------------
    def on_mount(self) -> None:
        self.watch(self.app, "theme", self._paint_theme)
        self.panel.set_meanings(self.reader.config.meanings)
        self.frame.hold()
        self.current.open(self.article_id, self._first_span)

    def open(self, article: ArticleId) -> None:
        """Show another article; going back from there leads here."""
        self.jumping.open(article)

    def reload(self) -> None:
        self.current.reload()

    def _join(self) -> None:
        """What is read becomes a version of another article: how far one has come is kept before, and that it goes to
        the trash is no news."""
        self.leave()
        self.current.is_going = True

    def start(self, work: Callable[[], Coroutine[None, None, None]], *, group: str) -> None:
        """Begin *work* and end what its group was doing. Not a coroutine: one that is ended before it began
        complains that nobody has awaited it."""
        # mypy cannot solve Textual's union of what a worker may be for a function that returns None.
        self.run_worker(work, group=group, exclusive=True)  # type: ignore[arg-type]

    def library_changed(self, articles: tuple[ArticleId, ...]) -> None:
        if self.article is not None and (not articles or self.article_id in articles):
            self.reload()

    def show_title(self) -> None:
        """On a narrow screen what is said needs the room."""
        article = self.article
        self.status.place = article.summary.title if article and self.size.width >= NARROW else ""

    def _paint_theme(self) -> None:
        self.panel.set_palette(palette_of(self.reader.current_theme, no_colour=self.reader.no_color))

    # -- keys and what follows from them ---------------------------------------------------------------
    def press(self, token: str) -> None:
        if self.modes.takes(token):
            self.follow_page()
        else:
            super().press(token)

    def unknown(self, keys: tuple[str, ...]) -> None:
        if self.modes.refuses(keys):
            self.follow_page()
        else:
            super().unknown(keys)

    def perform(self, press: Pressed) -> None:
        super().perform(press)
        self.follow_page()

    def follow_page(self) -> None:
        """Take over mode, position and what is lit from the page.

        Called after each command, and not only by the page's messages: these arrive after the next press.
        """
        if self.is_attached and self.article is not None:
            self.modes.follow()

    def cancel(self) -> bool:
        if self.article is None:
            self.go_back()
            return True
        gave_up = self.modes.let_go()
        self.follow_page()
        return gave_up

    def do_article_back(self, press: Pressed) -> None:
        self.go_back()

    def do_article_search(self, press: Pressed) -> None:
        self.search("")

    def search(self, text: str) -> None:
        from reader.tui.screens.search import SearchScreen

        self.reader.push_screen(SearchScreen(text))

    def follow(self, href: str) -> None:
        """Go where a link leads: to a place in this article, to an article of the library, or to the browser."""
        self.linking.follow(href)

    def on_unmount(self) -> None:
        self.frame.show()

    def go_back(self) -> None:
        self.progress.close()
        self.dismiss(None)

    def leave(self) -> None:
        self.progress.close()

    @property
    def is_finding(self) -> bool:
        return self.has_class("-finding")

    def show_find(self, shown: bool) -> None:
        """Open or close the prompt for words; while it is open the footer teaches its keys."""
        self.set_class(shown, "-finding")
        self.teaching.follow()

    # -- triage (see reader.tui.triage) ----------------------------------------------------------------
    def targets(self) -> tuple[Summary, ...]:
        return (self.article.summary,) if self.article is not None else ()

    def beyond(self) -> None:
        """There is no more than the one article."""

    def repaint(self, summaries: Sequence[Summary]) -> None:
        for summary in summaries:
            if summary.id == self.article_id:
                self.current.take(summary)
                self.page.set_summary(summary)
                self.show_title()
                self.progress.decided(summary.state)

    def leaves(self, fate: Fate) -> bool:
        return fate in ("archived", "trashed")

    def handled(self, articles: Collection[ArticleId], *, leaves: bool) -> None:
        if leaves:
            self.trail.advance()

    # -- messages --------------------------------------------------------------------------------------
    @on(ArticlePage.Moved)
    def _moved(self) -> None:
        self.progress.moved()
        self.follow_page()

    @on(ArticlePage.ReachedEnd)
    def _reached_end(self) -> None:
        self.progress.reached_end()

    @on(ArticlePage.SelectionChanged)
    def _selection_changed(self) -> None:
        self.follow_page()

    @on(ArticlePage.PointerUsed)
    def _pointer_used(self) -> None:
        """The mouse goes on where a key was waited for."""
        if self.is_finding:
            self.finding.abandon()
        self.modes.wait_no_more()
        self.follow_page()

    @on(ArticlePage.Relaid)
    def _relaid(self) -> None:
        self.modes.relaid()

    @on(ArticlePage.LinkActivated)
    def _link_activated(self, message: ArticlePage.LinkActivated) -> None:
        self.follow(message.href)

    @on(ArticlePage.HighlightActivated)
    def _highlight_activated(self, message: ArticlePage.HighlightActivated) -> None:
        """A click lights a highlight; a click on the lit one opens its note, as Enter does."""
        lit = self.page.lit
        if isinstance(lit, Highlight) and lit.id == message.highlight.id:
            self.annotating.write_note(lit)
        else:
            self.page.light(message.highlight)
        self.follow_page()

    @on(NotesPanel.Picked)
    def _picked(self, message: NotesPanel.Picked) -> None:
        highlight = message.highlight
        if highlight.placement.status != "anchored":
            self.reviewing.show(highlight)
        elif highlight.placement.span is not None:
            self.jumping.jump(highlight.placement.span.start, where="middle")
            self.page.light(highlight)
        self.follow_page()

    @on(Input.Changed, "#find")
    def _find_typed(self, message: Input.Changed) -> None:
        self.finding.typed(message.value)
        self.follow_page()

    @on(Prompt.Kept)
    def _find_kept(self) -> None:
        self.finding.keep()
        self.follow_page()

    @on(Prompt.Left)
    def _find_left(self) -> None:
        self.finding.give_up()
        self.follow_page()

    @on(Prompt.Moved)
    def _find_moved(self, message: Prompt.Moved) -> None:
        """Up and down go through the matches while one types."""
        if message.token in ("<down>", "<up>", "<c-n>", "<c-p>"):
            self.finding.step(1 if message.token in ("<down>", "<c-n>") else -1)
            self.follow_page()

    @on(ScreenResume)
    def _resumed(self) -> None:
        if self.current.is_gone:
            self.go_back()
        else:
            self.progress.resumed()

    @on(Resize)
    def _resized(self) -> None:
        self.looks.fit()
        self.show_title()
