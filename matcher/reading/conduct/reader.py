"""What an employer must not do: fees, deposits, papers kept, pyramids, clicks for pay, loans, lures abroad.

In: the passages of an advert. Out: codes with the words, for staff to look at; “无押金” says the opposite and is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from matcher.domain.facts import LinkedTerm
from matcher.reading.conduct.disguise import Clear, clear
from matcher.reading.conduct.once import each_once
from matcher.reading.conduct.signs import weighed
from matcher.reading.conduct.together import rows_together
from matcher.reading.passages import Passage
from matcher.reading.sifting import Sieve
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

_DENIED = re.compile(rf"{words('conduct.denied')}[^,。;!\n]{{0,10}}\Z")
_TASKS = re.compile(r"(?:负责|主要|客户|客人|顾客|住客|学员|租户)[^。;\n]{0,12}\Z")
_TAKING = re.compile(r"[收退]")
"""Verbs of who takes money as part of the work: “负责报名，收取报名费”; who pays is an applicant."""
_LISTED = r"(?:[、和与及][^,。;\n、]{1,7}){0,4}"
_DENIED_AFTER = re.compile(rf"^{_LISTED}[^,。;\n]{{0,6}}?{words('conduct.denied_after')}")
_WARNING_AFTER = re.compile(r"^[^。\n]{0,14}(?:退还客户|退给客户|举报|投诉|拨打|骗|诈骗|违法|拒绝|小心|警惕)")
_ONLY_IF = re.compile(rf"^[^,。;\n]{{0,6}}{words('conduct.only_if')}")
_NO_CHARGE = re.compile(
    r"(?:不(?:会|得|再|向)?(?:收取?|要|交)|严禁|禁止|概不)[^。;\n]{0,8}任何[^,。;\n]{0,4}(?:费|钱)[^。;\n]{0,16}\Z"
)
"""“不收取任何费用（包括押金、服装费）” denies whatever it lists."""
_FAR = 36
_UNLESS = re.compile(r"(?:不|没有?|无)[^,。;]{0,4}\Z")
_BY_OTHERS = re.compile(
    r"(?:雇主|客户|业主|甲方|用人单位|企业|公司|厂方|厂里|单位|东家|我们)(?:方|来|统一|全额|负责)?\Z"
)
_PAYING = re.compile(r"[交缴付出]")
_OWN_KEEPING = re.compile(r"(?:本人|自己|自行|个人|随身)(?:妥善)?(?:保管|携带|保存)")
_DUTY = re.compile(rf"{words('conduct.duty')}[^,。;\n]{{0,10}}\Z")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]:
    """The rows of conduct_words.csv: code, characters of which one must stand in the text, pattern."""
    rows = read_table("conduct_words")
    return tuple((row["code"], frozenset(row["needs"]), re.compile(row["pattern"])) for row in rows)


@lru_cache(maxsize=1)
def _sieves() -> tuple[Sieve, Sieve]:
    """How the rows of both tables that can match in a text are found."""
    alone = Sieve([pattern.pattern for _, _, pattern in _patterns()])
    return alone, Sieve([row.anchor.pattern for row in rows_together()])


def read_conduct(texts: Iterable[Passage]) -> tuple[LinkedTerm, ...]:
    """Each kind of misconduct once, with the first words that say it."""
    return each_once(texts, _told)


@lru_cache(maxsize=4096)
def _told(passage: Passage) -> tuple[LinkedTerm, ...]:
    """Each kind of misconduct one passage tells."""
    found: dict[str, LinkedTerm] = {}
    text = clear(passage)
    characters = set(text.text)
    alone, together = _sieves()
    for code, needs, pattern in (_patterns()[number] for number in alone.fitting(text.text)):
        if code not in found and not needs.isdisjoint(characters):
            term = _first(code, pattern.finditer(text.text), text)
            if term is not None:
                found[code] = term
    for row in (rows_together()[number] for number in together.fitting(text.text)):
        if row.code not in found and not row.needs.isdisjoint(characters):
            term = _first(row.code, row.found(text.text), text)
            if term is not None:
                found[row.code] = term
    for clause in weighed(text.text):
        found.setdefault(clause.code, LinkedTerm(clause.code, (text.evidence(clause.start, clause.end),)))
    return tuple(found.values())


def _first(code: str, matches: Iterable[re.Match[str]], clear_text: Clear) -> LinkedTerm | None:
    """The first place that is meant."""
    for match in matches:
        if _meant(clear_text.text, match):
            return LinkedTerm(code, (clear_text.evidence(*match.span()),))
    return None


def _meant(text: str, match: re.Match[str]) -> bool:
    """Whether the words are asked of applicants, not denied, warned of or part of the work."""
    before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 18]
    if _OWN_KEEPING.search(match[0]):
        return False
    if _PAYING.match(match[0]) and _BY_OTHERS.search(before):
        return False
    if _ONLY_IF.match(after) and _UNLESS.search(before):
        return True
    if _NO_CHARGE.search(text[max(0, match.start() - _FAR) : match.start()]):
        return False
    if (_TAKING.match(match[0]) or _TAKING.search(before[-1:])) and _TASKS.search(before):
        return False
    return not (
        _DENIED.search(before) or _DENIED_AFTER.match(after) or _WARNING_AFTER.match(after) or _DUTY.search(before)
    )
