"""What the monitoring ledger says beside a roster: family, work away, pay, subsidies, measures.

In: cells of the 47-column ledger, already typed by jobs_feed. Out: `Ledger`, a part of a `Worker`. Planning never
looks at it; the questions to the coordinator do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matcher.domain.division import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The ledger's columns about one person; None and "" mean unknown."""

    relation: str = ""
    """与户主关系."""
    work_place: Place = field(default_factory=Place)
    work_area: str = ""
    """务工区域: 乡镇内, 乡镇外县内, 县外市内, 市外区内, 区外, 境外."""
    work_from: date | None = None
    work_until: date | None = None
    work_months: int | None = None
    income_yuan_per_month: float | None = None
    transport_claimed: bool | None = None
    transport_yuan_per_year: float | None = None
    risk_cleared: bool | None = None
    identified_on: date | None = None
    """When the household was taken into monitoring."""
    measures: str = ""
    """帮扶措施."""
