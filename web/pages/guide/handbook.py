"""The handbook for staff, as pages of the app.

In: the Markdown file of this package. Out: its chapters as safe HTML with a table of contents; pictures stay in the
file, the app shows the real pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

FILE = "handbook.zh.md"
_CHAPTER, _SECTION = "h2", "h3"


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Handbook:
    """The whole text."""

    title: str
    headings: tuple[Heading, ...]
    body: Markup


@cache
def handbook() -> Handbook:
    """The handbook as it came with this copy; raw HTML in it is shown as text."""
    return read_handbook(files("web").joinpath(FILE).read_text(encoding="utf-8"))


def read_handbook(text: str) -> Handbook:
    """Markdown as a handbook."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = [token for token in reader.parse(text) if not _is_picture(token)]
    title, headings = "", list[Heading]()
    for opening, inner in zip(tokens, tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        if opening.tag == "h1":
            title = inner.content
        elif opening.tag in (_CHAPTER, _SECTION):
            anchor = f"part-{len(headings) + 1}"
            opening.attrSet("id", anchor)
            headings.append(Heading(anchor, inner.content, int(opening.tag[1])))
    body = tokens[3:] if title else tokens
    return Handbook(title, tuple(headings), Markup(reader.renderer.render(body, reader.options, {})))  # nosec B704: markdown without raw HTML


def _is_picture(token: Token) -> bool:
    """Whether a paragraph holds a picture and nothing else."""
    children = token.children or []
    return token.type == "inline" and bool(children) and all(child.type == "image" for child in children)
