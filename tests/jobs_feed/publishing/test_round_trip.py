"""What one office publishes, another takes in without loss: through the text of a row, and over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs_feed.cells import TableRow
from jobs_feed.pipeline import run_import
from jobs_feed.postings import read_posting_row
from jobs_feed.publishing.adverts import Advert, public_ref
from jobs_feed.publishing.changes import FeedPage
from jobs_feed.publishing.frame import Frame
from jobs_feed.publishing.json_feed import feed_json
from jobs_feed.publishing.reading import ReceivedRow, rows_of_feed
from jobs_feed.publishing.regions import everything
from jobs_feed.publishing.tree import publish_tree
from jobs_feed.rows import RowReader
from matcher.domain.posting import Posting, PostingFacts, PostingKind
from matcher.reference.divisions import load_gazetteer
from tests.jobs_feed.books import csv_file
from tests.jobs_feed.publishing.offices import TODAY, WINDOW, Publisher, a_posting, publishing_office

ODD = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)
WORDS = st.sampled_from(
    [
        "缝纫工",
        "包·示例",
        "3000-4000元/月",
        "=1+1",
        "</script>",
        "a,b;\"c'",
        "100",
        "1e5",
        "ᠮᠣᠩᠭᠣᠯ",
        "😀",
        "①②",
        "\u200f",
    ]
)
TEXT = st.one_of(WORDS, ODD)
NEEDED = TEXT.filter(lambda text: bool(_read({"岗位名称": text, "用人单位": text, "工作地点": text})))
DAYS = st.one_of(st.just(""), st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat))


def _read(fields: Mapping[str, str], sender: str = "local") -> Posting | None:
    """A row as the import reads it."""
    row = RowReader(TableRow("", 2, dict(fields), {name: name for name in fields}), "postings", TODAY)
    return read_posting_row(row, load_gazetteer(), sender=sender)


FIELDS = st.fixed_dictionaries(
    {
        "编号": st.sampled_from(["GW-7", "GW-7#2", "GW-7#12", "a/b#c", "00123", "乙:7", "甲旗-1a2b3c4d", "编号 7"]),
        "岗位名称": NEEDED,
        "用人单位": NEEDED,
        "统一社会信用代码": st.sampled_from(["", "911505990324103035", "91150500MA0XXXXX00", "不详"]),
        "岗位类别": st.sampled_from(["", *(kind.value for kind in PostingKind)]),
        "工作地点": st.one_of(
            NEEDED, st.sampled_from(["奈曼旗大沁他拉镇", "通辽市区", "北京市顺义区", "150525", "本厂"])
        ),
        "招聘人数": st.one_of(TEXT, st.sampled_from(["3人", "3-5", "若干", "十二名", "007", "约10人左右"])),
        "发布日期": DAYS,
        "截止日期": DAYS,
        "核实日期": DAYS,
        "联系电话": st.sampled_from(["", "13900000131", "0475-8200131 13900000131", "请到窗口"]),
        **dict.fromkeys(("薪资待遇", "学历要求", "年龄要求", "性别要求", "证书要求", "经验要求", "工作时间"), TEXT),
        **dict.fromkeys(("食宿", "社会保险", "劳动强度", "岗位描述", "联系人", "来源", "核实人"), TEXT),
    }
)


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Frame]:
    """The frame of an office."""
    with publishing_office(tmp_path_factory.mktemp("frame")) as publisher:
        yield publisher.frame()


def as_received(posting: Posting, frame: Frame) -> ReceivedRow:
    """A posting published, and read back."""
    now = datetime(2026, 6, 1, tzinfo=UTC)
    advert = Advert(1, public_ref(posting.sender, posting.ref), posting, PostingFacts(), TODAY, now)
    page = FeedPage("c", False, True, [advert])
    data = feed_json(page, frame, everything(frame.wording), following="", link=lambda one: "jobs/1.html")
    (row,) = rows_of_feed(data).rows
    return row


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(FIELDS)
def test_a_posting_read_back_is_the_same_in_every_field(frame: Frame, fields: dict[str, str]) -> None:
    posting = _read(fields)
    if posting is None:
        return
    row = as_received(posting, frame)
    assert (row.ref, row.sender, row.source_ref) == (posting.ref, posting.sender, posting.source_ref)
    again = _read(row.fields)
    assert again is not None
    assert replace(again, ref=posting.ref, source_ref=posting.source_ref) == posting
    if ":" not in posting.ref:
        assert again == posting


def test_senders_with_the_same_reference_stay_apart() -> None:
    made = [
        ("local", "7"),
        ("乙", "7"),
        ("乙:7", "8"),
        ("乙", "7:8"),
        ("local", "乙:7"),
        ("local:乙", "7"),
        ("乙%3A7", "8"),
    ]
    assert len({public_ref(sender, ref) for sender, ref in made}) == len(made)
    assert public_ref("local", "GW-7#2") == "GW-7#2"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder over HTTP on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fetched(address: str) -> list[ReceivedRow]:
    """Every row of a feed, page after page."""
    rows: list[ReceivedRow] = []
    with httpx.Client(trust_env=False, timeout=10) as client:
        while address:
            page = rows_of_feed(client.get(address).content)
            rows += page.rows
            address = urljoin(address, page.following) if page.following else ""
    return rows


SEVERAL = (
    "招聘\n1、瓦工5名，350元/天，有经验；\n2、力工10名，220元/天；\n3、钢筋工3名，400元/天。\n"
    "以上均管吃住，结账不拖欠。"
)
ADVERTS = (
    {
        "编号": "GW-1", "岗位名称": "保洁员", "用人单位": "奈曼旗某某物业有限公司（示例）", "招聘人数": "3-5人",
        "工作地点": "奈曼旗大沁他拉镇", "薪资待遇": "2800元/月", "岗位描述": "白班，月休四天", "联系人": "王示例",
        "联系电话": "13900000131", "发布日期": "2026-06-01", "截止日期": "2026-07-31",
    },
    {
        "编号": "GW-2", "岗位名称": "瓦工、力工、钢筋工", "用人单位": "某某建筑公司（示例）", "工作地点": "科尔沁区",
        "岗位描述": SEVERAL, "联系电话": "0475-8200131", "发布日期": "2026.6.1", "截止日期": "长期",
    },
    {
        "编号": "=cmd()", "岗位名称": "司机", "用人单位": "某某运输公司（示例）", "工作地点": "北京市顺义区",
        "招聘人数": "若干", "薪资待遇": "6000起", "岗位描述": "A2本，“跑京津”\n管住", "发布日期": "6月10日",
    },
)  # fmt: skip
COLUMNS = tuple(ADVERTS[0])
ROWS = [list(COLUMNS), *([advert.get(name, "") for name in COLUMNS] for advert in ADVERTS)]


def test_another_office_takes_everything_in_over_http(publisher: Publisher, tmp_path: Path) -> None:
    sent = run_import(publisher.office, "postings", csv_file(tmp_path / "a.csv", ROWS), as_of=TODAY)
    assert sent.stored > len(ROWS) - 1, "the advert of several jobs is told apart"
    with publisher.office.reading() as unit:
        frame = publisher.frame()
        publish_tree(publisher.office, unit, frame, everything(frame.wording), tmp_path / "out", base="")
        ours = {row.value.ref: row.value for row in unit.postings.all_for_planning()}
    with served(tmp_path / "out") as address:
        rows = fetched(urljoin(address, "feed-all.json"))
    columns = list(rows[0].fields)
    table = [columns, *([row.fields[name] for name in columns] for row in rows)]
    with publishing_office(tmp_path / "b", name="乙旗就业服务中心") as other:
        taken = run_import(other.office, "postings", csv_file(tmp_path / "b.csv", table), sender="甲旗", as_of=TODAY)
        assert (taken.problems, taken.refused, taken.stored) == ((), None, len(ours))
        with other.office.reading() as unit:
            theirs = {row.value.ref: row.value for row in unit.postings.all_for_planning()}
        again = run_import(other.office, "postings", csv_file(tmp_path / "c.csv", table), sender="甲旗", as_of=TODAY)
        assert (again.stored, again.updated, again.unchanged) == (0, 0, len(ours))
    assert {ref: replace(one, sender="甲旗", contact="", phone=WINDOW) for ref, one in ours.items()} == theirs
    assert {"GW-2", "GW-2#2", "GW-2#3"} <= theirs.keys()
    assert theirs["GW-2#3"].source_ref == "GW-2"


def test_with_consent_the_contact_goes_along(publisher: Publisher, frame: Frame) -> None:
    posting = a_posting()
    row = as_received(posting, frame)
    assert (row.fields["联系人"], row.fields["联系电话"]) == (posting.contact, posting.phone)
