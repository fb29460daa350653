"""The monitoring ledger's own columns of a roster row → `Ledger`.

In: `RowReader` over one row. Out: `Ledger`, or None where the row has none of these columns filled. Nothing here
refuses a row: what cannot be read is told and left unknown.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from jobs_feed.cells import plain
from jobs_feed.fields import is_blank, read_date, words_of
from jobs_feed.rows import RowReader
from matcher.domain.division import Place
from matcher.domain.rosters.ledger import Ledger
from matcher.reference.divisions import Gazetteer

_AMOUNT = re.compile(
    r"(?:约|每月|月均)?(\d+(?:\.\d+)?)(万|千|k)?(?:元|块)?(?:/月|/年|每月|每年)?(?:左右)?", re.IGNORECASE
)
_MONTHS = re.compile(r"(?:约|共)?(\d{1,2})(?:\.\d+)?个?月?(?:左右)?")
_YEAR_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_TIMES = {"万": 10_000.0, "千": 1_000.0, "k": 1_000.0, "": 1.0}
_PLACE_PARTS = ("务工所在省", "务工所在市", "务工所在县")


def read_ledger(row: RowReader, gazetteer: Gazetteer) -> Ledger | None:
    """What the ledger's columns say; None where they say nothing."""
    found = Ledger(
        relation=_text(row, "与户主关系"),
        work_place=_work_place(row, gazetteer),
        work_area=_text(row, "务工区域"),
        work_from=_month(row, "开始年月"),
        work_until=_month(row, "结束年月"),
        work_months=_months(row),
        income_yuan_per_month=_amount(row, "月收入"),
        transport_claimed=_answer(row, "是否申领交通补助"),
        transport_yuan_per_year=_amount(row, "年度交通费补助"),
        risk_cleared=_answer(row, "风险是否已消除"),
        identified_on=_month(row, "识别时间"),
        measures=_text(row, "帮扶措施"),
    )
    return None if found == Ledger() else found


def _text(row: RowReader, name: str) -> str:
    """A cell's text; "" where it says nothing."""
    held = name in row.row.cells and name not in row.row.broken
    text = plain(row.raw(name)) if held else ""
    return "" if is_blank(text) else text


def _folded(row: RowReader, name: str) -> str:
    """A cell without blanks, separators of thousands and differences of width."""
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", _text(row, name)))


def _work_place(row: RowReader, gazetteer: Gazetteer) -> Place:
    """Where somebody works away, of one column or of three."""
    parts = [part for name in _PLACE_PARTS if (part := _text(row, name))]
    text = "".join(dict.fromkeys(parts)) or _text(row, "务工所在地")
    return gazetteer.resolve(text) if text else Place()


def _month(row: RowReader, name: str) -> date | None:
    """A month or a day; the first of the month where no day is named."""
    text = _folded(row, name)
    if match := _YEAR_MONTH.fullmatch(text):
        return date(int(match.group(1)), int(match.group(2)), 1)
    if not text:
        return None
    found = read_date(text, as_of=row.as_of).value
    if found is None:
        row.tell(name, "IMPORT_DATE_UNREAD")
    return found


def _months(row: RowReader) -> int | None:
    """How many months."""
    text = _folded(row, "务工时间")
    match = _MONTHS.fullmatch(text)
    if text and match is None:
        row.tell("务工时间", "IMPORT_LEDGER_NUMBER")
    return int(match.group(1)) if match else None


def _amount(row: RowReader, name: str) -> float | None:
    """An amount of money in yuan."""
    text = _folded(row, name)
    match = _AMOUNT.fullmatch(text)
    if text and match is None and words_of("是否").get(text, text) not in {"是", "否"}:
        row.tell(name, "IMPORT_LEDGER_NUMBER")
    return float(match.group(1)) * _TIMES[(match.group(2) or "").lower()] if match else None


def _answer(row: RowReader, name: str) -> bool | None:
    """是 or 否; a cell that only names an amount is left to the amount."""
    text = _folded(row, name)
    answer = words_of("是否").get(text, text)
    return {"是": True, "否": False}.get(answer)
