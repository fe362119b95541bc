"""What each field of a query means in SQL."""

from __future__ import annotations

from datetime import date

from reader.domain.colours import COLOURS
from reader.domain.fields import CHOICES, NUMBER_FIELDS, PERIOD_FIELDS, UNTIL_FIELDS, WORD_FIELDS
from reader.domain.ranges import Period, day, interval, period
from reader.domain.summary import WORDS_A_MINUTE
from reader.domain.terms import Field, Value
from reader.domain.text import clean_tag, has_cjk
from reader.storage.clauses import Statement, both, either
from reader.storage.day_words import in_days
from reader.storage.holdings import HOLDS
from reader.storage.match import in_column, joined, term
from reader.storage.stamps import Days

_TAGGED = "exists (select 1 from article_tag where article_tag.article = article.id)"
_SIMILAR = """
    article.id in (
        select likeness.article
        from likeness
        join article as peer on peer.id = likeness.other
        where likeness.standing = 'open' and peer.trashed = 0
    )
"""
_OF_ARTICLE = {
    "is:unread": "article.state = 'unread'",
    "is:reading": "article.state = 'reading'",
    "is:read": "article.state = 'read'",
    "is:starred": "article.starred = 1",
    "is:archived": "article.archived = 1",
    "is:trashed": "article.trashed = 1",
    "is:tagged": _TAGGED,
    "is:untagged": f"not {_TAGGED}",
    "is:unfetched": "article.unfetched is not null",
    "is:similar": f"(article.trashed = 0 and {_SIMILAR})",
    "is:annotated": "(article.highlights > 0 or article.note <> '')",
    "has:highlight": "article.highlights > 0",
    "has:note": "article.note <> ''",
}
_UNSURE = "status <> 'anchored'"  # in the words of the index of those few
_OF_A_HIGHLIGHT = {
    "is:review": f"{_UNSURE} and status = 'review'",
    "is:orphan": f"{_UNSURE} and status = 'orphan'",
    "has:note": "note <> ''",
    **{f"colour:{colour}": f"colour = '{colour}'" for colour in COLOURS},
}
_NUMBERS = {
    "id": "article.id",
    "words": "article.words",
    "mins": f"(case when article.words > 0 then max(1, round(article.words / {WORDS_A_MINUTE}.0)) else 0 end)",
    "progress": "round(article.progress * 100)",
    "highlights": "article.highlights",
}
_LAST_READ = "nullif(max(ifnull(article.opened, 0), ifnull(article.finished, 0)), 0)"
_BEHIND_ALL = "\U0010ffff"


def field_condition(field: Field, statement: Statement, days: Days) -> str:
    """Any of the values of *field*."""
    conditions = []
    for value in field.values:
        condition = f"({_of_value(field.name, value, statement, days)})"
        conditions.append(f"not {condition}" if value.negated else condition)
    return either(conditions)


def _of_value(name: str, value: Value, statement: Statement, days: Days) -> str:
    if name in CHOICES:
        return _chosen(f"{name}:{value.text.lower()}", statement)
    if name in NUMBER_FIELDS:
        return _number(_NUMBERS[name], value.text, statement)
    if name in PERIOD_FIELDS:
        return _in_period(name, period(value.text, days.today), statement, days)
    if name in WORD_FIELDS and has_cjk(value.text):
        return _in_column(name, value.text, statement)
    match name:
        case "tag":
            return _tagged(value, statement)
        case "url":
            return _like("article.url", _containing(value.text), statement)
        case "lang":
            return _in_language(value, statement)
        case "note":
            return statement.is_in_passages(in_column("note", value))
        case "hl":
            return statement.is_in_passages(in_column("exact", value))
        case "body":
            return statement.is_in_text(in_column("body", value))
        case "title" | "author" | "site":
            return _in_head(name, value, statement)
    return _before_or_after(name, day(value.text, days.today), statement, days)


def _chosen(choice: str, statement: Statement) -> str:
    conditions = [_OF_ARTICLE[choice]] if choice in _OF_ARTICLE else []
    if (thing := choice.removeprefix("has:")) in HOLDS:
        conditions.append(statement.holds(thing))
    if highlight := _OF_A_HIGHLIGHT.get(choice):
        conditions.append(statement.has_highlight(highlight))
    return either(conditions)


def _in_head(column: str, value: Value, statement: Statement) -> str:
    found = statement.is_in_text(in_column(column, value), "heads_fts")
    if column != "site" or "." not in value.text:
        return found
    host = f"%://%{_escaped(value.text)}/%"  # `site:example.org` also where the site goes by another name
    return either([found, _like("article.url || '/'", host, statement)])


def _in_column(name: str, text: str, statement: Statement) -> str:
    """CJK text letter by letter: full text keeps the pairs of all columns together."""
    pattern = _containing(text)
    match name:
        case "body":
            this = f"""exists (
                select 1
                from body
                where body.article = article.id and body.version = article.version
                    and {_like("body.text", pattern, statement)}
            )"""
            return both([statement.is_in_text(term(text)), this])
        case "hl":
            return statement.is_among(
                f"select article from highlight where {_like('exact', pattern, statement)}"
            )
        case "note":
            of_highlight = f"select article from highlight where {_like('note', pattern, statement)}"
            return either([_like("article.note", pattern, statement), statement.is_among(of_highlight)])
    return _like(f"article.{name}", pattern, statement)


def _tagged(value: Value, statement: Statement) -> str:
    """``x`` is that tag; ``x*`` one that begins so; ``x/*`` is x and all below; ``*`` any."""
    folded = clean_tag(value.text).casefold()
    if not value.prefix:
        named = f"tag.folded = {statement.bind(folded)}"
    elif folded:
        named = (
            f"tag.folded >= {statement.bind(folded)} and tag.folded < {statement.bind(folded + _BEHIND_ALL)}"
        )
        if folded.endswith("/"):
            named += f" or tag.folded = {statement.bind(folded.removesuffix('/'))}"
    else:
        return _TAGGED
    return statement.is_tagged(named)


def _in_language(value: Value, statement: Statement) -> str:
    code = _escaped(value.text)
    patterns = [f"{code}%"] if value.prefix else [code, f"{code}-%"]
    return either(_like("article.language", pattern, statement) for pattern in patterns)


def _number(column: str, text: str, statement: Statement) -> str:
    low, high = interval(text) or (None, None)
    if low is not None and low == high:
        return f"{column} = {statement.bind(low)}"
    return _from_until(column, low, None if high is None else high + 1, statement)


def _in_period(name: str, asked: Period | None, statement: Statement, days: Days) -> str:
    first, until = asked or (None, None)
    if name == "published":  # text: a day, or a moment that begins with its day
        texts = (first and first.isoformat(), until and until.isoformat())
        return f"ifnull({_from_until('article.published', *texts, statement)}, 0)"
    stamps = (None if first is None else days.stamp(first), None if until is None else days.stamp(until))
    if name == "added":
        return _from_until("article.added", *stamps, statement)
    if name == "read":
        return _last_read(*stamps, statement)
    return statement.is_among(
        f"select article from highlight where {_from_until('made', *stamps, statement)}"
    )


def _last_read(first: int | None, until: int | None, statement: Statement) -> str:
    """What was read lately is found by the indexes, since few articles of a large library were."""
    asked = f"ifnull({_from_until(_LAST_READ, first, until, statement)}, 0)"
    if first is None:
        return asked
    since = statement.bind(first)
    lately = statement.is_among(
        f"select id from article where opened >= {since} union select id from article where finished >= {since}"
    )
    return both([lately, asked]) if until is not None else lately


def _before_or_after(name: str, asked: Period | None, statement: Statement, days: Days) -> str:
    """By the day of publication, or where that is not known by the day of adding."""
    start = _border(asked, days)
    sign = "<" if name in UNTIL_FIELDS else ">="
    return f"""
        case
            when article.published is null then article.added {sign} {statement.bind(days.stamp(start))}
            else article.published {sign} {statement.bind(start.isoformat())}
        end
    """


def _border(asked: Period | None, days: Days) -> date:
    return asked.first if asked and asked.first else days.today


def day_matches(field: Field, days: Days) -> str:
    """A MATCH expression that finds all that *field*, a date of publication, means, and perhaps some more."""
    return joined("OR", (in_days(*_stretch(field.name, value.text, days)) for value in field.values))


def _stretch(name: str, text: str, days: Days) -> tuple[date | None, date | None]:
    """A day more at the border where it may be about the day of adding, which full text knows by UTC."""
    if name == "published":
        return period(text, days.today) or (None, None)
    border = _border(day(text, days.today), days).toordinal()
    if name in UNTIL_FIELDS:
        return None, date.fromordinal(min(border + 1, date.max.toordinal()))
    return date.fromordinal(max(border - 1, 1)), None


def _from_until(column: str, first: object, until: object, statement: Statement) -> str:
    bounds = [f"{column} >= {statement.bind(first)}"] * (first is not None)
    bounds += [f"{column} < {statement.bind(until)}"] * (until is not None)
    return both(bounds) if bounds else "1"


def _like(column: str, pattern: str, statement: Statement) -> str:
    return f"ifnull({column} like {statement.bind(pattern)} escape '\\', 0)"


def _containing(text: str) -> str:
    return f"%{_escaped(text)}%"


def _escaped(text: str) -> str:
    """*text* for LIKE, with nothing in it that stands for something else."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
