"""What a paper says of the office, and of the case it belongs to.

In: settings the office has entered. Out: `PaperContext`; without the window's phone there is no paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain.errors import InputRefused
from matcher.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContext:
    """The office as it stands on paper."""

    office_name: str
    window_phone: str
    complaint_phone: str
    window_address: str
    public_url: str = ""

    def window(self, wording: Wording) -> str:
        """Where the window is and its phone."""
        return wording.text("PAPER_CALL_WINDOW", phone=self.window_phone, address=self.window_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMark:
    """What names one sheet: the case, the code of its slip, the policy it was made under."""

    case_no: str
    code: str
    policy_digest: str = ""
    closed: frozenset[int] = frozenset()
    """Keys of postings that have closed since the plan was made."""


def paper_context(settings: Mapping[str, str], wording: Wording) -> PaperContext:
    """The context of entered settings; what else is missing is left to be written in by the office."""
    blank = wording.text("PAPER_TO_ENTER")
    if not settings.get("office_phone", ""):
        raise InputRefused(wording.text("PAPER_NO_PHONE"))
    return PaperContext(
        office_name=settings.get("office_name", "") or blank,
        window_phone=settings["office_phone"],
        complaint_phone=settings.get("complaint_phone", "") or blank,
        window_address=settings.get("office_address", "") or blank,
        public_url=settings.get("public_url", "").rstrip("/"),
    )
