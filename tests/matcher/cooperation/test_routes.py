"""Where postings from Beijing go first: to paired banners, with the document, and nowhere by guess."""

from __future__ import annotations

from datetime import date

from matcher.cooperation.routes import routes, unpaired_banners
from matcher.domain.incoming.sharing import Pairing
from matcher.listings import Scope
from tests.matcher.cooperation.conftest import ALL, CHANGPING, NAIMAN, TODAY, Group


def pair(group: Group, until: date | None = None) -> None:
    """奈曼旗 and 昌平区 are paired on a document."""
    with group.office.unit() as unit:
        since = date(2026, 1, 1)
        unit.sharing.put_pairing(
            Pairing(banner=NAIMAN, district=CHANGPING, since=since, until=until, basis="示例结对文件")
        )


def test_a_posting_goes_to_all_banners_alike_until_a_pairing_is_entered(group: Group) -> None:
    with group.office.reading() as unit:
        [before] = routes(group.office, unit)
    pair(group)
    with group.office.reading() as unit:
        [after] = routes(group.office, unit)
    assert (before.why, before.banners, before.district) == ("NOT_PAIRED", (), CHANGPING)
    assert (after.why, after.banners, after.basis) == ("PAIRED", (NAIMAN,), "示例结对文件")


def test_a_pairing_that_has_ended_counts_no_more(group: Group) -> None:
    pair(group, until=date(2026, 3, 1))
    with group.office.reading() as unit:
        [route] = routes(group.office, unit)
        assert NAIMAN in unpaired_banners(group.office, unit, ALL, TODAY)
    assert route.why == "NOT_PAIRED"


def test_a_banner_is_asked_for_its_own_pairing_only(group: Group) -> None:
    pair(group)
    with group.office.reading() as unit:
        assert unpaired_banners(group.office, unit, Scope(division=NAIMAN), TODAY) == []
        assert len(unpaired_banners(group.office, unit, ALL, TODAY)) == 7
