"""The forms of a posting: JSON-LD, pages, RSS, spreadsheet; and what hostile words can do in them: nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import feedparser
import openpyxl
import pytest
from defusedxml import ElementTree

from jobs_feed.publishing.adverts import POSTING_FIELDS, Advert, fields_of, public_ref
from jobs_feed.publishing.frame import Frame
from jobs_feed.publishing.jobposting import base_salary, employment_type, job_posting
from jobs_feed.publishing.pages import Link, advert_page, list_page
from jobs_feed.publishing.regions import everything
from jobs_feed.publishing.rss import rss_feed
from jobs_feed.publishing.workbook import write_rows
from matcher.domain.facts import Fact
from matcher.domain.posting import Posting, PostingFacts, Shift, Wage, WageUnit
from matcher.reference.divisions import load_gazetteer
from tests.jobs_feed.publishing.offices import SHUNYI, TODAY, a_posting, publishing_office

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u2028\"'=cmd|' /C calc'!A0 \x00\x08\x1b]]>"
)


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Frame]:
    """The frame of an office."""
    with publishing_office(tmp_path_factory.mktemp("frame")) as publisher:
        yield publisher.frame()


def advert(posting: Posting | None = None, facts: PostingFacts | None = None) -> Advert:
    """A posting as published."""
    shown = posting or a_posting(contact="", phone="0475-0000131")
    ref = public_ref(shown.sender, shown.ref)
    return Advert(7, ref, shown, facts or PostingFacts(), TODAY, datetime(2026, 6, 1, tzinfo=UTC))


def hostile() -> Advert:
    """A posting every word of which wants something."""
    texts = ("title", "employer", "wage_text", "description", "board_text", "source", "uscc", "hours_text")
    return advert(a_posting(HOSTILE, **dict.fromkeys(texts, HOSTILE)))


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Notes text."""
        if self.tags and self.tags[-1][0] == "script":
            self.scripts.append(data)
        else:
            self.text += data


def elements(page: bytes) -> Elements:
    """A page, parsed."""
    found = Elements()
    found.feed(page.decode())
    found.close()
    return found


def json_ld(page: bytes) -> dict[str, Any]:
    """The JSON-LD of a page."""
    match = re.search(rb'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    found: dict[str, Any] = json.loads(match[1])
    return found


def test_a_posting_is_a_valid_job_posting(frame: Frame) -> None:
    facts = PostingFacts(wage=Wage(low=3000, high=4000), shift=Fact(Shift.DAY))
    node = job_posting(advert(facts=facts), frame, load_gazetteer(), address="https://131.example.cn/jobs/1.html")
    assert node["@type"] == "JobPosting"
    assert node["title"] == "缝纫工"
    assert node["description"] == "<p>白班，计件，中午管饭。</p>"
    assert node["datePosted"] == "2026-06-22"
    assert node["validThrough"] == "2026-07-31T23:59:59+08:00"
    assert node["employmentType"] == "FULL_TIME"
    assert node["directApply"] is False
    assert node["identifier"] == {"@type": "PropertyValue", "name": "甲旗就业服务中心", "value": "GW-1"}
    assert node["hiringOrganization"]["name"] == "奈曼旗某某服装有限公司（示例）"  # type: ignore[index]
    assert node["totalJobOpenings"] == 3
    assert node["jobLocation"]["address"] == {  # type: ignore[index]
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": "内蒙古自治区",
        "addressLocality": "通辽市奈曼旗",
        "streetAddress": "奈曼旗大沁他拉镇",
    }
    assert node["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "CNY",
        "value": {"@type": "QuantitativeValue", "unitText": "MONTH", "minValue": 3000, "maxValue": 4000},
    }


def test_what_the_advert_does_not_say_is_not_there(frame: Frame) -> None:
    node = job_posting(advert(a_posting(deadline=None, openings=None, phone="")), frame, load_gazetteer())
    assert {"validThrough", "baseSalary", "totalJobOpenings", "url", "educationRequirements"} & node.keys() == set()


def test_a_district_of_beijing_is_in_beijing(frame: Frame) -> None:
    node = job_posting(advert(a_posting(place=SHUNYI)), frame, load_gazetteer())
    address = node["jobLocation"]["address"]  # type: ignore[index]
    assert (address["addressRegion"], address["addressLocality"]) == ("北京市", "顺义区")


@pytest.mark.parametrize(
    ("wage", "unit", "amounts"),
    [
        (Wage(low=5200, high=6500, unit=WageUnit.DAY, assumption="DAYS_26"), "DAY", {"minValue": 200, "maxValue": 250}),
        (Wage(low=4160, high=4160, unit=WageUnit.HOUR, assumption="HOURS_8_DAYS_26"), "HOUR", {"value": 20}),
        (Wage(low=5000, high=None, unit=WageUnit.YEAR, assumption="MONTHS_12"), "YEAR", {"minValue": 60000}),
        (Wage(low=None, high=9000, unit=WageUnit.PIECE), "MONTH", {"maxValue": 9000}),
        (Wage(low=3000.5, high=3000.5), "MONTH", {"value": 3000.5}),
    ],
)
def test_pay_stands_in_the_unit_of_the_advert(wage: Wage, unit: str, amounts: dict[str, float]) -> None:
    salary = base_salary(wage)
    assert salary is not None
    assert salary["value"] == {"@type": "QuantitativeValue", "unitText": unit} | amounts


def test_pay_without_an_amount_is_none() -> None:
    assert base_salary(Wage()) is None


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (PostingFacts(shift=Fact(Shift.PART_TIME), wage=Wage(low=3000)), "PART_TIME"),
        (PostingFacts(season=Fact((5, 9))), "TEMPORARY"),
        (PostingFacts(wage=Wage(low=5200, unit=WageUnit.DAY)), "PER_DIEM"),
        (PostingFacts(wage=Wage(low=5200, unit=WageUnit.ORDER)), "CONTRACTOR"),
        (PostingFacts(), "OTHER"),
    ],
)
def test_the_kind_of_employment_is_what_the_advert_tells(facts: PostingFacts, kind: str) -> None:
    assert employment_type(facts) == kind


def test_work_at_home_is_telecommuting(frame: Frame) -> None:
    node = job_posting(advert(facts=PostingFacts(at_home=Fact(True))), frame, load_gazetteer())
    assert node["jobLocationType"] == "TELECOMMUTE"


def test_hostile_words_are_words_on_a_page(frame: Frame) -> None:
    page = advert_page(hostile(), frame, load_gazetteer(), address="https://131.example.cn/jobs/x.html")
    found = elements(page)
    scripts = [attributes for tag, attributes in found.tags if tag == "script"]
    assert scripts == [{"type": "application/ld+json"}]
    assert [tag for tag, _ in found.tags if tag in ("img", "iframe", "object", "style")] == []
    assert all(not name.startswith("on") for _, attributes in found.tags for name in attributes)
    assert "alert(1)" in found.text, "the words are there, as words"
    assert json_ld(page)["title"] == HOSTILE
    assert json.loads(found.scripts[0])["hiringOrganization"]["name"] == HOSTILE
    assert b"\x00" not in page
    assert b"\xe2\x80\xa8" not in re.findall(rb"<script.*?</script>", page, re.DOTALL)[0]


def test_hostile_words_are_words_in_a_list(frame: Frame) -> None:
    page = list_page(HOSTILE, [Link('x"><script>', HOSTILE, HOSTILE)], [Link("feed.json", HOSTILE)], frame)
    assert {tag for tag, _ in elements(page).tags} <= {
        "html", "head", "meta", "title", "link", "body", "main", "h1", "h2", "p", "ul", "li", "a", "span"
    }  # fmt: skip


def test_a_page_loads_nothing_from_elsewhere_and_says_its_language(frame: Frame) -> None:
    found = elements(advert_page(advert(), frame, load_gazetteer(), address=""))
    sources = [attributes.get("src") or attributes.get("href") for _, attributes in found.tags]
    assert [source for source in sources if source and "//" in source] == []
    assert found.tags[0] == ("html", {"lang": "zh-CN"})


def test_a_limit_to_one_sex_is_not_repeated_to_the_public(frame: Frame) -> None:
    page = advert_page(advert(a_posting(sex_text="限女性")), frame, load_gazetteer(), address="")
    assert "限女性" not in page.decode()


def rss(adverts: list[Advert], frame: Frame) -> bytes:
    """A feed."""
    base = "https://131.example.cn/"
    region = everything(frame.wording)
    return rss_feed(
        adverts, frame, region, home=base, itself=f"{base}rss.xml", link=lambda one: f"{base}jobs/{one.key}"
    )


def test_rss_is_read_by_a_reader(frame: Frame) -> None:
    found = feedparser.parse(rss([advert()], frame))
    assert not found.bozo
    assert found.version == "rss20"
    (entry,) = found.entries
    assert entry.title == "缝纫工"
    assert entry.link == "https://131.example.cn/jobs/7"
    assert entry.id == "甲旗就业服务中心/GW-1"
    assert entry.published == "Mon, 22 Jun 2026 00:00:00 +0800"
    assert "3000-4000元/月" in entry.summary
    assert "0475-0000131" in entry.summary


def test_hostile_words_are_words_in_rss(frame: Frame) -> None:
    root = ElementTree.fromstring(rss([hostile()], frame))
    title = root.findtext("channel/item/title")
    assert title is not None
    assert title == "".join(sign for sign in HOSTILE if sign >= " ")
    assert len(root.findall("channel/item/*")) == 6


def test_a_spreadsheet_holds_the_columns_of_the_template_as_text_and_computes_nothing(frame: Frame) -> None:
    rows = [
        fields_of(advert()),
        fields_of(advert(a_posting("=1+1", title="=HYPERLINK(1)", employer="+86", board_text="-1"))),
    ]
    content = write_rows(rows)
    assert content == write_rows(rows), "the same rows give the same bytes"
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    table = list(sheet.iter_rows())
    assert tuple(cell.value for cell in table[0]) == POSTING_FIELDS
    assert table[1][0].value == "GW-1"
    assert table[1][POSTING_FIELDS.index("招聘人数")].value == "3人"
    values = [str(cell.value) for row in table[1:] for cell in row if cell.value is not None]
    assert [value for value in values if value[0] in "=+-@\t\r"] == []
    assert {cell.data_type for row in table for cell in row} <= {"s", "n"}
    assert {cell.value for row in table for cell in row if cell.data_type == "n"} == {None}


def test_a_cell_that_is_too_long_ends_where_a_cell_ends() -> None:
    row = dict.fromkeys(POSTING_FIELDS, "") | {"岗位描述": "长" * 40_000}
    sheet = openpyxl.load_workbook(BytesIO(write_rows([row]))).worksheets[0]
    assert len(str(sheet.cell(2, POSTING_FIELDS.index("岗位描述") + 1).value)) == 32_767


def test_head_counts_that_changed_stand_as_numbers() -> None:
    assert fields_of(advert(a_posting(openings=2, openings_text="3人")))["招聘人数"] == "2"
    assert fields_of(advert(a_posting(openings=None, openings_text="若干")))["招聘人数"] == "若干"
    assert fields_of(advert(a_posting(published_on=date(2026, 6, 1), deadline=None)))["截止日期"] == ""
