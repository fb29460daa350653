"""Papers as one HTML file that prints like the PDF; needs nothing but itself.

In: sheets, and what goes with a village pack. Out: the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from web.papers.pdf import Progress
from web.papers.views import Pack, SheetView
from web.papers.whole import written_whole


@lru_cache(maxsize=1)
def _template() -> Template:
    """The template; what it is given is text and never markup."""
    loader = PackageLoader("web.papers", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("sheets.html")


def write_html(
    views: Sequence[SheetView],
    path: Path,
    *,
    progress: Progress | None = None,
    large: bool = False,
    pack: Pack | None = None,
) -> None:
    """Write the sheets into one page, a leaf each when printed."""
    text = _template().generate(views=views, pack=pack, large=large, picture=_picture_address)
    with written_whole(path) as target:
        for piece in text:
            target.write(piece.encode("utf-8"))
    if progress:
        progress(1.0)


def _picture_address(content: str) -> str:
    """A QR code as the address of a picture."""
    return segno.make(content, error="m", micro=False).svg_data_uri(border=1)
