"""Tags that an article might bear: shown, never put on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator

from reader.domain.lighting import folded, tokens
from reader.domain.names import names
from reader.domain.suggestion import Suggestion
from reader.domain.summary import ArticleId
from reader.domain.text import clean, clean_tag, has_cjk
from reader.storage.connection import Connection, LibraryError
from reader.storage.related import related
from reader.storage.telling import telling

MOST = 6
NEIGHBOURS = 12
VOTES = 2
MOST_NAMES = 3
LEAST_NAMED = 2
SHORTEST_WORD = 4


def suggested(connection: Connection, article: ArticleId) -> list[Suggestion]:
    """At most six: tags in use whose words the text holds, tags of related articles, names, telling words."""
    row = connection.one("select title, body, tags from articles where id = :article", article=article)
    if row is None:
        raise LibraryError(f"no article {article}")
    title, text = clean(row["title"]), clean(row["body"])
    borne = {name.casefold() for name in row["tags"].split(", ")}
    chosen: dict[str, Suggestion] = {}
    for suggestion in _all(connection, article, title, text):
        key = suggestion.tag.casefold()
        if suggestion.tag and key not in borne:
            chosen.setdefault(key, suggestion)
        if len(chosen) == MOST:
            break
    return list(chosen.values())


def _all(connection: Connection, article: ArticleId, title: str, text: str) -> Iterator[Suggestion]:
    yield from (Suggestion(tag, "text") for tag in _tags_in(connection, title, text))
    yield from (Suggestion(tag, "related") for tag in _tags_of_related(connection, article))
    named = [(name, number) for name, number in names(text).most_common() if number >= LEAST_NAMED]
    yield from (Suggestion(clean_tag(name), "name") for name, _ in named[:MOST_NAMES])
    words = (one.term for one in telling(connection, title, text))
    yield from (Suggestion(word, "word") for word in words if len(word) >= SHORTEST_WORD)


def _tags_in(connection: Connection, title: str, text: str) -> list[str]:
    """Tags all of whose words occur, those in the title first, then by how often their rarest word does."""
    in_title, in_text = _counted(title), _counted(text)
    scored: list[tuple[bool, int, int, str]] = []
    for row in connection.rows("select name, used from tag where used > 0"):
        words = tokens(folded(row["name"]))
        rarest = min((in_text(word) + in_title(word) for word in words), default=0)
        if rarest:
            scored.append((all(in_title(word) for word in words), rarest, row["used"], row["name"]))
    return [name for *_, name in sorted(scored, key=lambda one: (not one[0], -one[1], -one[2], one[3]))]


def _counted(text: str) -> Callable[[str], int]:
    """How often a word stands in *text*; CJK characters are not divided into words, so those are found anywhere."""
    text = folded(text)
    counts = Counter(tokens(text))
    return lambda word: text.count(word) if has_cjk(word) else counts[word]


def _tags_of_related(connection: Connection, article: ArticleId) -> list[str]:
    near = list(related(connection, article, NEIGHBOURS))
    return connection.column(
        """
        select tag.name
        from article
        join article_tag on article_tag.article = article.id
        join tag on tag.id = article_tag.tag
        where article.seq in (select value from json_each(:near))
        group by tag.id
        having count(*) >= :votes
        order by count(*) desc, tag.used, tag.folded
        """,
        near=json.dumps(near),
        votes=VOTES,
    )
