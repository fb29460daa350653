"""PDF files one after the other, written while they come: what is written is forgotten.

In: parts, each a whole PDF. Out: one PDF in a stream; of a part nothing is kept but where its objects lie in the
file, so that ten thousand sheets take the memory of a hundred. Equal parts give equal bytes, whatever the clock says.
"""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import IO

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

_INHERITED = ("/MediaBox", "/CropBox", "/Resources", "/Rotate")
_ROOT, _PAGES, _INFO = 1, 2, 3
_FIRST_FREE = 4


class JoinedPdf:
    """A PDF being written; every part begins on the front of a leaf, unless `fronts` are not asked for."""

    def __init__(self, out: IO[bytes], *, title: str, made_on: date, fronts: bool = True) -> None:
        self._fronts = fronts
        self._out, self._title, self._made_on = out, title, made_on
        self._offsets: dict[int, int] = {}
        self._next = _FIRST_FREE
        self._groups: list[tuple[int, int]] = []
        self._at = 0
        self._digest = hashlib.sha256()
        self.pages = 0
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, part: bytes) -> int:
        """Writes the pages of a part; how many."""
        reader = PdfReader(io.BytesIO(part))
        group = self._take()
        kids = [self._blank(group)] if self._fronts and self.pages % 2 else []
        moved: dict[int, int] = {}
        waiting: list[tuple[int, PdfObject]] = []
        pages = list(reader.pages)
        for page in pages:
            whole = DictionaryObject(page)
            for name in _INHERITED:
                if name not in whole and name in page:
                    whole[NameObject(name)] = page[name]
            del whole["/Parent"]
            number = self._take()
            moved[page.indirect_reference.idnum] = number  # type: ignore[union-attr]
            kids.append(number)
            shifted = self._shifted(whole, reader, moved, waiting)
            shifted[NameObject("/Parent")] = IndirectObject(group, 0, None)  # type: ignore[index, arg-type]
            self._object(number, shifted)
        while waiting:
            number, value = waiting.pop()
            self._object(number, self._shifted(value, reader, moved, waiting))
        self._group(group, kids)
        self.pages += len(kids)
        return len(pages)

    def close(self) -> None:
        """Writes what leads to the pages, and the table of objects."""
        kids = ArrayObject(IndirectObject(group, 0, None) for group, _ in self._groups)  # type: ignore[arg-type]
        tree = {"/Type": NameObject("/Pages"), "/Kids": kids, "/Count": NumberObject(self.pages)}
        self._object(_PAGES, _named(tree))
        root = {"/Type": NameObject("/Catalog"), "/Pages": IndirectObject(_PAGES, 0, None)}  # type: ignore[arg-type]
        self._object(_ROOT, _named(root))
        day = self._made_on.strftime("D:%Y%m%d000000Z")
        title = ("\ufeff" + self._title).encode("utf-16-be").hex().upper()
        about = f"<< /Title <{title}> /CreationDate ({day}) /ModDate ({day}) /Producer (job131) >>"
        self._raw(_INFO, about.encode("ascii"))
        name = self._digest.hexdigest()[:32].upper()
        start = self._at
        self._write(f"xref\n0 {self._next}\n0000000000 65535 f \n".encode("ascii"))
        for number in range(1, self._next):
            self._write(f"{self._offsets[number]:010d} 00000 n \n".encode("ascii"))
        leading = f"/Size {self._next} /Root {_ROOT} 0 R /Info {_INFO} 0 R /ID [<{name}> <{name}>]"
        self._write(f"trailer\n<< {leading} >>\nstartxref\n{start}\n%%EOF\n".encode("ascii"))

    def _take(self) -> int:
        """A fresh object number."""
        self._next += 1
        return self._next - 1

    def _shifted(
        self, value: PdfObject, reader: PdfReader, moved: dict[int, int], waiting: list[tuple[int, PdfObject]]
    ) -> PdfObject:
        """A value whose references point to objects of this file; what they point to waits to be written."""
        if isinstance(value, IndirectObject):
            if value.idnum not in moved:
                moved[value.idnum] = self._take()
                target = reader.get_object(value.idnum)
                waiting.append((moved[value.idnum], target))  # type: ignore[arg-type]
            return IndirectObject(moved[value.idnum], 0, None)  # type: ignore[arg-type]
        if isinstance(value, StreamObject):
            value.update({name: self._shifted(value.raw_get(name), reader, moved, waiting) for name in value})
            return value
        if isinstance(value, DictionaryObject):
            entries = {name: self._shifted(value.raw_get(name), reader, moved, waiting) for name in value}
            return DictionaryObject(entries)
        if isinstance(value, ArrayObject):
            return ArrayObject(self._shifted(item, reader, moved, waiting) for item in list.__iter__(value))
        return value

    def _blank(self, group: int) -> int:
        """An empty back, so that what follows begins on a front."""
        number = self._take()
        blank = f"<< /Type /Page /Parent {group} 0 R /MediaBox [0 0 595.2756 841.8898] /Resources << >> >>"
        self._raw(number, blank.encode("ascii"))
        return number

    def _group(self, group: int, kids: list[int]) -> None:
        """The pages of a part, under the root of all pages."""
        pages = ArrayObject(IndirectObject(kid, 0, None) for kid in kids)  # type: ignore[arg-type]
        node = {
            "/Type": NameObject("/Pages"),
            "/Parent": IndirectObject(_PAGES, 0, None),  # type: ignore[arg-type]
            "/Kids": pages,
            "/Count": NumberObject(len(kids)),
        }
        self._object(group, _named(node))
        self._groups.append((group, len(kids)))

    def _object(self, number: int, value: PdfObject) -> None:
        """An object with its number."""
        content = io.BytesIO()
        value.write_to_stream(content)
        self._raw(number, content.getvalue())

    def _raw(self, number: int, content: bytes) -> None:
        """The bytes of an object with its number."""
        self._offsets[number] = self._at
        self._write(f"{number} 0 obj\n".encode("ascii") + content + b"\nendobj\n")

    def _write(self, content: bytes) -> None:
        """Bytes, counted."""
        self._out.write(content)
        self._digest.update(content)
        self._at += len(content)


def _named(entries: dict[str, PdfObject]) -> DictionaryObject:
    """A dictionary object."""
    return DictionaryObject({NameObject(name): value for name, value in entries.items()})
