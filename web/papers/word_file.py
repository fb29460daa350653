"""Papers as Word files that the office can still change.

In: leaves, one after the other. Out: a .docx, or a .zip with one for each village; the words of the PDF, the same
bytes for the same leaves whatever the clock says.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain, groupby
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from web.papers.views import About, CoverView, FormView, Leaf, LetterView, ScriptsView, SheetView
from web.papers.whole import Before, written_whole
from web.papers.word import WordPage, put_cover, put_scripts, put_sheet
from web.papers.word_forms import put_form, put_letter

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a package; when it was made stands in the document."""
_UNFIT = re.compile(r"[^\w（）-]+")


def write_document(
    leaves: Iterable[Leaf],
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    large: bool = False,
    before: Before | None = None,
) -> None:
    """Write leaves into one document."""
    with written_whole(path, before=before) as target:
        target.write(_document(_told(leaves, progress), large=large))


def write_documents(
    groups: Iterable[tuple[str, Leaf]],
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    large: bool = False,
    before: Before | None = None,
) -> None:
    """Write leaves into a document for each group, one after the other, all in one .zip."""
    told = _told(groups, progress)
    with written_whole(path, before=before) as target, ZipFile(target, "w") as archive:
        for number, (name, members) in enumerate(groupby(told, key=lambda item: item[0]), start=1):
            content = _document((leaf for _, leaf in members), large=large)
            entry = ZipInfo(f"{number:03d}-{_UNFIT.sub('_', name)}.docx", EPOCH)
            archive.writestr(entry, content, ZIP_STORED)


def _told(items: Iterable[object], progress: Callable[[int], None] | None) -> Iterator:  # type: ignore[type-arg]
    """Items as they come, telling how many have come."""
    for number, item in enumerate(items, start=1):
        yield item
        if progress and number % 20 == 0:
            progress(number)


def _document(leaves: Iterable[Leaf], *, large: bool) -> bytes:
    """One document; every leaf begins a page."""
    coming = iter(leaves)
    first = next(coming)
    about = About.of(first)
    page = WordPage(large=large)
    page.edge(about.office)
    if isinstance(first, FormView) and first.layout:
        page.lie_down()
    for leaf in chain([first], coming):
        _put(page, leaf)
        page.turn()
    return saved(page, about)


def saved(page: WordPage, about: About) -> bytes:
    """A document with what it says of itself; the same words give the same bytes."""
    day = datetime(about.made_on.year, about.made_on.month, about.made_on.day)
    properties = page.document.core_properties
    properties.title, properties.author, properties.created, properties.modified = about.title, about.office, day, day
    out = io.BytesIO()
    page.document.save(out)
    return _without_clock(out)


def _put(page: WordPage, leaf: Leaf) -> None:
    """One leaf."""
    match leaf:
        case SheetView():
            put_sheet(page, leaf)
        case CoverView():
            put_cover(page, leaf)
        case ScriptsView():
            put_scripts(page, leaf)
        case LetterView():
            put_letter(page, leaf)
        case FormView():
            put_form(page, leaf)


def _without_clock(package: io.BytesIO) -> bytes:
    """The same package, its files without the moment they were written."""
    out = io.BytesIO()
    with ZipFile(package) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, EPOCH), old.read(name), ZIP_DEFLATED, 6)
    return out.getvalue()
