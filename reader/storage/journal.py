"""Doing an action and writing it into the history, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.change import Change
from reader.domain.summary import ArticleId
from reader.storage.connection import Connection
from reader.storage.effects import carry_out
from reader.storage.stamps import Clock, next_stamp
from reader.storage.steps import Step, dumped


class Journal:
    """Writes for one session, which is one run of the program."""

    def __init__(self, connection: Connection, session: str, clock: Clock) -> None:
        self.connection = connection
        self.session = session
        self._clock = clock

    def stamp(self) -> int:
        """The time of the action under way; inside a ``write``."""
        return next_stamp(self.connection, self._clock)

    def act(self, action: str, steps: Sequence[Step], *, skipped: Sequence[str] = ()) -> Change:
        """Carry *steps* out and record those that change something. Inside a ``write``."""
        steps = [step for step in steps if step.changes]
        if not steps:
            return Change(action, skipped=tuple(skipped))
        stamp = self.stamp()
        carry_out(self.connection, steps, stamp)
        history = self.record(action, steps, stamp)
        return Change(action, articles_of(steps), history, tuple(skipped))

    def record(
        self, action: str, steps: Sequence[Step], stamp: int, *, run: str | None = None, final: bool = False
    ) -> int:
        """Enter what was done; nothing that was undone before can be redone any more. The entry's id.

        Actions of the same *run* become one entry, which is undone as a whole.
        """
        self.connection.execute("update history set standing = 'gone' where standing = 'undone'")
        history = self._entry_of(run) if run else None
        if history is None:
            history = self.connection.insert(
                """
                insert into history (at, session, run, action, standing)
                values (:at, :session, :run, :action, :standing)
                """,
                at=stamp,
                session=self.session,
                run=run,
                action=action,
                standing="final" if final else "done",
            )
        self._add_steps(history, steps)
        return history

    def _entry_of(self, run: str) -> int | None:
        history: int | None = self.connection.value(
            """
            select id
            from history
            where run = :run and session = :session and standing = 'done'
            order by id desc
            """,
            run=run,
            session=self.session,
        )
        return history

    def _add_steps(self, history: int, steps: Sequence[Step]) -> None:
        first = self.connection.value(
            "select coalesce(max(number), 0) + 1 from history_change where history = :history",
            history=history,
        )
        self.connection.many(
            """
            insert into history_change (history, number, kind, target, article, before, after)
            values (:history, :number, :kind, :target, :article, :before, :after)
            """,
            [
                {
                    "history": history,
                    "number": number,
                    "kind": step.kind,
                    "target": step.target,
                    "article": step.article,
                    "before": dumped(step.before),
                    "after": dumped(step.after),
                }
                for number, step in enumerate(steps, first)
            ],
        )


def articles_of(steps: Sequence[Step]) -> tuple[ArticleId, ...]:
    return tuple(dict.fromkeys(ArticleId(step.article) for step in steps if step.article is not None))
