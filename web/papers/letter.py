"""The letter that gives a posting back to its employer: what was found, the words, what to change, whom to call.

In: a posting, what its check found, the office. Out: a `LetterView`, and files of them; nothing personal stands in it,
numbers in the words of the advert are masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jobs_feed.report import masked
from jobs_feed.trust.rules import rules
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.trust import Flag, PostingCheck, Severity
from matcher.domain.posting import Posting
from matcher.wording import Wording
from web.papers.context import PaperContext
from web.papers.glyphs import printable_model
from web.papers.pdf import write_leaves
from web.papers.speaker import joined
from web.papers.views import LetterView, Line, Section
from web.papers.word_file import write_document

LETTER_ENDINGS = ("pdf", "docx")
_NOT_THEIRS = frozenset({"EMPLOYER_BARRED", "EMPLOYER_MANY_COMPLAINTS"})
"""What the office knows of an employer is not for its letter."""


def build_letter(
    posting: Posting, check: PostingCheck, wording: Wording, context: PaperContext, *, made_on: date
) -> LetterView:
    """The letter about one posting."""
    found = [flag for flag in check.flags if flag.severity is not Severity.CAUTION and flag.code not in _NOT_THEIRS]
    held = any(flag.severity is Severity.HOLD for flag in found)
    head = (
        Line(wording.text("PAPER_LETTER_TO"), posting.employer),
        Line(wording.text("PAPER_LETTER_POSTING"), wording.text("PAPER_LETTER_NAMED", title=posting.title)),
        Line(wording.text("PAPER_LETTER_REF"), posting.ref),
    )
    call = context.window(wording)
    day = wording.text("PAPER_DAY", day_on=made_on.isoformat())
    return printable_model(
        LetterView(
            lang=wording.language,
            made_on=made_on,
            office=context.office_name,
            title=wording.text("PAPER_LETTER_TITLE"),
            head=head,
            lead=wording.text("PAPER_LETTER_HELD" if held else "PAPER_LETTER_USABLE"),
            points=tuple(_point(number, flag, wording) for number, flag in enumerate(found, start=1)),
            call=(Line(wording.text("PAPER_CALL"), call),),
            closing=wording.text("PAPER_LETTER_CLOSING"),
            signed=(context.office_name, wording.text("PAPER_LETTER_STAMP"), day),
        )
    )


def _point(number: int, flag: Flag, wording: Wording) -> Section:
    """One thing found, with its words, what to change, and its basis."""
    lines = [Line(wording.text("PAPER_LETTER_FOUND"), wording.text(f"FOUND_{flag.code}", **(flag.args or {})))]
    words = list(dict.fromkeys(masked(one.shown()) for one in flag.evidence))
    if words:
        said = joined(wording, [wording.text("PAPER_LETTER_QUOTE", words=one) for one in words])
        lines.append(Line(wording.text("PAPER_LETTER_WORDS"), said))
    lines.append(Line(wording.text("PAPER_LETTER_CHANGE"), wording.text(f"FIX_{flag.code}")))
    lines.append(Line(wording.text("PAPER_LETTER_BASIS"), wording.text(rules()[flag.code].basis), small=True))
    title = wording.text("PAPER_LETTER_POINT", number=number, fault=flag.code)
    return Section(title, tuple(lines))


def write_letters(letters: Sequence[LetterView], path: Path) -> None:
    """Letters into a PDF or a Word file, each on a leaf of its own; whole or not at all."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in LETTER_ENDINGS:
        raise InputRefused(f"不认得文件类型“{path.suffix}”：请用 .pdf 或 .docx")
    {"pdf": write_leaves, "docx": write_document}[ending](letters, path)
