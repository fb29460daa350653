"""Which rows below a header are data.

In: the rows below. Out: rows in a `Table`; sums, notes, sections and repeated headers are left out and said,
a row that only goes on with the record above is joined to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobs_feed.cells import CellValue, NumberedRow, plain
from jobs_feed.report import RowProblem
from jobs_feed.tables.header import Header
from jobs_feed.tables.table import KnownNames, Table, texts_of
from matcher.domain.facts import Phrase

_SUM = re.compile(r"(?:本页)?(?:合|总|小|共|累)计(?:[：:（(\d].*)?")
_SENTENCE = re.compile(r"[，。；：,;]")
_SUMS = ("合计", "总计", "小计", "共计", "累计", "本页合计", "本页小计")
_NOTE = re.compile(
    r"(?:填表|制表|填报|审核|复核|经办|负责|联系|报送|统计|单位|盖章|签字|签名|日期|时间|电话|注|附注|备注|说明|填写说明|提示)"
    r"[^：:]{0,12}[：:]|（盖章|\(盖章|[※*★]|注意事项|填表说明|填报说明|填表|制表"
)
_PAGE = re.compile(r"第\s*\d+\s*页.*|共\s*\d+\s*页|-\s*\d+\s*-|\d+\s*/\s*\d+\s*页")
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、.．,，:：]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[部章类批]"
)
_LONG_NOTE = 12
_WIDE_SECTION = 3


class Body:
    """Sorts the rows below one header into a table."""

    def __init__(self, table: Table, header: Header, names: KnownNames, above: Sequence[NumberedRow]) -> None:
        self._table, self._header = table, header
        fields = [names.field(name) for name in header.names]
        self._required = [i for i, name in enumerate(fields) if name in names.required]
        self._texts = {i for i, name in enumerate(fields) if not name or name in names.texts}
        self._repeated = {self._key(texts_of(cells)) for _, cells in above}
        self._repeated.add(self._key(header.names))

    def take(self, rows: Sequence[NumberedRow]) -> None:
        """Every row into the table, or a notice why not."""
        for number, cells in rows:
            texts = texts_of(cells)
            code = self._left_out(number, texts)
            if code:
                self._table.tell(code, number)
            elif self._goes_on(number):
                self._join(cells)
                self._table.tell("IMPORT_ROW_JOINED", number)
            elif any(texts):
                self._table.rows.append((number, cells))
        if self._header.lines == 2:
            self._table.rows = _pairs(self._table.rows, len(self._header.names) // 2)
        for number, code in sorted(self._table.sheet.bad.items()):
            self._table.bad.append(RowProblem(Phrase(code), self._table.sheet.name, number))

    def _left_out(self, number: int, texts: Sequence[str]) -> str:
        """Why a row is no data, "" where it is."""
        filled = [text for text in texts if text]
        if not filled:
            return ""
        if self._key(texts) in self._repeated or self._names_again(texts, len(filled)):
            return "IMPORT_ROW_HEADER"
        complete = bool(self._required) and all(i < len(texts) and texts[i] for i in self._required)
        first = "".join(filled[0].split())
        if _SUM.fullmatch(first) or (not complete and first.startswith(_SUMS)):
            return "IMPORT_ROW_SUM"
        if all(_NOTE.match(text) or _PAGE.fullmatch(text) for text in filled):
            return "IMPORT_ROW_NOTE"
        if not complete and len(filled) <= 2 and _NOTE.match(filled[0]):
            return "IMPORT_ROW_NOTE"
        if len(filled) == 1 and self._is_section(number, texts):
            return "IMPORT_ROW_SECTION"
        return "IMPORT_ROW_NOTE" if self._is_long_note(texts, filled) else ""

    def _names_again(self, texts: Sequence[str], filled: int) -> bool:
        """Whether a row says the names of the header again."""
        again = sum(text == name for text, name in zip(texts, self._header.names, strict=False) if text)
        return again >= 2 and again == filled

    def _is_section(self, number: int, texts: Sequence[str]) -> bool:
        """One cell that spans the table or is numbered like a heading."""
        width = sum(bool(name) for name in self._header.names)
        wide = self._table.sheet.wide.get(number, 1)
        text = next(text for text in texts if text)
        return width >= _WIDE_SECTION and (wide >= max(_WIDE_SECTION, width // 2) or bool(_SECTION.match(text)))

    def _is_long_note(self, texts: Sequence[str], filled: Sequence[str]) -> bool:
        """A sentence alone in the first column, where a table has short references or names."""
        if len(filled) > 1 or not texts[0] or len(texts[0]) < _LONG_NOTE or len(self._header.names) < _WIDE_SECTION:
            return False
        return 0 not in self._required or bool(_SENTENCE.search(texts[0]))

    def _goes_on(self, number: int) -> bool:
        """Whether what makes a record comes from merged cells that begin in the row above."""
        down = self._table.sheet.down.get(number, ())
        if not down or not self._required or not self._table.rows:
            return False
        return all(index in down for index in self._required)

    def _join(self, cells: Sequence[CellValue]) -> None:
        """Adds what is new in a row to the record above."""
        number, above = self._table.rows[-1]
        joined = list(above) + [None] * (len(cells) - len(above))
        for index, cell in enumerate(cells):
            new, old = plain(cell), plain(joined[index])
            if new and not old:
                joined[index] = cell
            elif new and new not in old.split("\n") and index in self._texts:
                joined[index] = f"{old}\n{new}"
        self._table.rows[-1] = (number, joined)

    @staticmethod
    def _key(texts: Sequence[str]) -> tuple[str, ...]:
        """A row without blanks at its end."""
        end = max((index for index, text in enumerate(texts, start=1) if text), default=0)
        return tuple("".join(text.split()) for text in texts[:end])


def _pairs(rows: Sequence[NumberedRow], width: int) -> list[NumberedRow]:
    """Two rows as one record, the second one's cells behind the first one's."""
    found: list[NumberedRow] = []
    for place in range(0, len(rows), 2):
        number, cells = rows[place]
        wide = [*cells[:width], *[None] * (width - len(cells))]
        if place + 1 < len(rows):
            wide += rows[place + 1][1]
        found.append((number, wide))
    return found
