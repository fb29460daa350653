"""Papers as one HTML file that prints like the PDF; needs nothing but itself.

In: leaves, one after the other. Out: the file, written while they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from web.papers.pdf import KINDS
from web.papers.views import About, Leaf
from web.papers.whole import Before, written_whole


@lru_cache(maxsize=1)
def _template() -> Template:
    """The template; what it is given is text and never markup."""
    loader = PackageLoader("web.papers", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("sheets.html")


def write_page(
    leaves: Iterable[Leaf],
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    large: bool = False,
    before: Before | None = None,
) -> None:
    """Write leaves into one page."""
    coming = iter(leaves)
    first = next(coming)

    def told() -> Iterator[tuple[str, Leaf]]:
        for number, leaf in enumerate(chain([first], coming), start=1):
            yield KINDS[type(leaf)], leaf
            if progress and number % 20 == 0:
                progress(number)

    text = _template().generate(leaves=told(), about=About.of(first), large=large, picture=_picture_address)
    with written_whole(path, before=before) as target:
        for piece in text:
            target.write(piece.encode("utf-8"))


def _picture_address(content: str) -> str:
    """A QR code as the address of a picture."""
    return segno.make(content, error="m", micro=False).svg_data_uri(border=1)
