"""A passage as a Markdown quote that says where it is from."""

from __future__ import annotations

from reader.domain.article import Summary
from reader.tui.copying import markdown_link


def markdown_quote(article: Summary, text: str) -> str:
    """*text* as a block quote; below it author, linked title, site and date, as far as they are known."""
    quote = [f"> {line}".rstrip() for line in text.strip().splitlines()]
    parts = (article.author, markdown_link(article), article.site, (article.published or "")[:10])
    return "\n".join([*quote, ">", f"> — {', '.join(part for part in parts if part)}"])
