"""Cells by which somebody is reached or known: phones, credit codes; references where a row has none.

In: the text of a cell. Out: the number in one form, kept as written with a notice where it is none.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from jobs_feed.cells import seen
from jobs_feed.fields.values import Read, folded, is_blank
from matcher.domain.facts import Phrase

_MOBILE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)")
_LANDLINE = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}\)?[-\s]?)?[2-8]\d{6,7}(?:[-转]\d{1,5})?(?!\d)|(?<!\d)400[-\s]?\d{3}[-\s]?\d{4}"
)


def stable_reference(sender: str, parts: Sequence[str]) -> str:
    """sender-hash8 for a record that came without a reference; for parts that are nobody's secret."""
    return f"{sender}-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:8]}"


def read_phone(text: str) -> Read[str]:
    """Phone numbers, several joined by a space: eleven digits, or a landline as written."""
    written = unicodedata.normalize("NFKC", seen(text)).strip()
    if is_blank(text):
        return Read()
    found = find_phones(written)
    mobiles = [number for _, _, number in found if _MOBILE.fullmatch(number)]
    numbers = mobiles or [number for _, _, number in found]
    if not numbers:
        return Read(written, notice=Phrase("IMPORT_PHONE_UNREAD"))
    return Read(" ".join(dict.fromkeys(numbers)))


def find_phones(text: str) -> list[tuple[int, int, str]]:
    """Every phone number in a text: (start, end, number), in order."""
    mobiles = [(*match.span(), "".join(match.groups())) for match in _MOBILE.finditer(text)]
    taken = [(start, end) for start, end, _ in mobiles]
    landlines = [
        (*match.span(), match.group())
        for match in _LANDLINE.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return sorted(mobiles + landlines)


def read_uscc(text: str) -> Read[str]:
    """A credit code in capitals; a wrong check digit is told, the code kept as written."""
    code = folded(text).upper()
    if is_blank(text):
        return Read()
    try:
        return Read(str(uscc.validate(code)))
    except ValidationError:
        return Read(code, notice=Phrase("IMPORT_USCC_WRONG"))
