"""What a page holds, in every form: rows under our own columns."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from jobs_feed.cells import NextLine, plain
from jobs_feed.columns import names_of
from jobs_feed.feeds.contents.child import read_to_lines
from jobs_feed.feeds.contents.decoding import decode_page
from jobs_feed.feeds.contents.fields import known_names
from jobs_feed.feeds.contents.spec import PageSpec
from jobs_feed.feeds.contents.values import date_text, html_text, pay_text
from jobs_feed.feeds.gathering import linked_next, read_page_file
from jobs_feed.report import FileRefused
from jobs_feed.sources import ReadFile

Row = dict[str, str]


def read(folder: Path, content: str | bytes, **spec: object) -> ReadFile:
    """A page as the child reads it."""
    path = folder / "page"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_page_file(path, msgspec.convert({"name": "page", **spec}, PageSpec))


def rows(found: ReadFile) -> list[Row]:
    """The rows of the first sheet by column."""
    (_, header), *lines = found.sheets[0].rows
    return [{plain(h): plain(c) for h, c in zip(header, cells, strict=False) if plain(c)} for _, cells in lines]


def refused(folder: Path, content: str | bytes, **spec: object) -> str:
    """Why a page is not read."""
    with pytest.raises(FileRefused) as refusal:
        read(folder, content, **spec)
    return refusal.value.phrase.code


def test_an_api_with_names_of_its_own(tmp_path: Path) -> None:
    job = {
        "id": 7,
        "jobTitle": "电焊工",
        "company": {"name": "某某厂（示例）", "description": "一家工厂", "address": "别处"},
        "location": {"city": "通辽市", "district": "奈曼旗"},
        "salaryMin": 3000,
        "salaryMax": 4500.0,
        "salaryUnit": "MONTH",
        "publishTime": 1780000000000,
        "deadline": "2026-07-31T16:30:00Z",
        "headcount": 3,
        "jobType": "全职",
        "description": "<p>干活&nbsp;<b>管饭</b></p><ul><li>早八点</li></ul>",
        "active": True,
    }
    found = read(tmp_path, json.dumps({"code": 0, "data": {"total": 1, "list": [job]}}))
    (row,) = rows(found)
    assert row == {
        "编号": "7",
        "岗位名称": "电焊工",
        "用人单位": "某某厂（示例）",
        "工作地点": "通辽市奈曼旗",
        "薪资待遇": "3000-4500元/月",
        "招聘人数": "3",
        "发布日期": "2026-05-29",
        "截止日期": "2026-08-01",
        "岗位描述": "干活 管饭\n早八点\n用工形式：全职",
        "company.description": "一家工厂",
        "company.address": "别处",
        "active": "是",
    }


def test_a_declared_map_goes_before_what_is_known(tmp_path: Path) -> None:
    body = {"result": {"r": [{"a": "保安", "b": {"c": "某某公司"}, "d": "奈曼旗", "e": "大镇", "title": "x"}]}}
    mapping = {"岗位名称": "a", "用人单位": "b.c", "工作地点": "d+e", "来源": "=示例网", "items": "result.r"}
    (row,) = rows(read(tmp_path, json.dumps(body), mapping=mapping))
    assert row == {"岗位名称": "保安", "用人单位": "某某公司", "工作地点": "奈曼旗 大镇", "来源": "示例网"}


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ({"items": [], "next": "/p?2"}, [NextLine("/p?2")]),
        ({"items": [], "links": {"next": {"href": "https://x.cn/2"}}}, [NextLine("https://x.cn/2")]),
        ({"items": [], "_links": {"next": "?page=2"}}, [NextLine("?page=2")]),
        ({"items": [], "next": None}, []),
        ({"items": [], "next": 2}, []),
        ({"items": [], "@odata.nextLink": "https://x.cn/s?$skip=2"}, [NextLine("https://x.cn/s?$skip=2")]),
        ({"version": 1, "postings": [], "next": "c-17"}, [NextLine("c-17", mark=True)]),
    ],
)
def test_where_the_next_page_is(tmp_path: Path, body: object, more: list[NextLine]) -> None:
    assert read(tmp_path, json.dumps(body)).more == more


def test_a_declared_cursor_and_an_undeclared_one(tmp_path: Path) -> None:
    body = json.dumps({"items": [{"title": "x"}], "meta": {"after": "abc"}})
    assert read(tmp_path, body, mapping={"cursor": "from:meta.after"}).more == [NextLine("abc", mark=True)]
    spoken = read(tmp_path, json.dumps({"items": [{"title": "x"}], "nextCursor": "abc"}))
    assert [notice.phrase.code for notice in spoken.notices] == ["FEED_NEXT_UNCLEAR"]
    header = '<https://x.cn/1>; rel="prev", <https://x.cn/3>; rel="next"; title="x"'
    assert linked_next(header) == ["https://x.cn/3"]


def test_another_instance(tmp_path: Path) -> None:
    posting = {"ref": "GW-1#2", "sender": "local", "source_ref": "GW-1", "岗位名称": "保洁员", "用人单位": "某某公司"}
    other = posting | {"sender": "开鲁", "编号": "开鲁:GW-1"}
    body = {"version": 1, "instance": "某某中心", "complete": False, "next": None, "postings": [posting, other]}
    found = read(tmp_path, json.dumps(body))
    assert found.form == "job131"
    assert [row["编号"] for row in rows(found)] == ["GW-1#2", "开鲁:GW-1"]
    assert all(set(row) == {"编号", "岗位名称", "用人单位"} for row in rows(found))
    assert {notice.phrase.code for notice in found.notices} == {"FEED_INSTANCE", "FEED_CHANGES_ONLY"}


def test_job_xml(tmp_path: Path) -> None:
    xml = """<?xml version="1.0" encoding="utf-8"?><source><publisher>某某网</publisher>
    <job><title><![CDATA[保洁员]]></title><date><![CDATA[Fri, 12 Jun 2026 22:49:39 GMT]]></date>
    <referencenumber>A1</referencenumber><company>某某物业（示例）</company><city>通辽</city><state>内蒙古</state>
    <salary>3000-4000元</salary><description><![CDATA[<p>扫地</p>]]></description></job>
    <job><title>保安</title><company>x</company><city>奈曼旗</city></job></source>"""
    first, second = rows(read(tmp_path, xml))
    assert first["发布日期"] == "2026-06-13" and first["来源"] == "某某网" and first["编号"] == "A1"
    assert (first["工作地点"], first["岗位描述"]) == ("内蒙古通辽", "扫地")
    assert (second["岗位名称"], second["工作地点"]) == ("保安", "奈曼旗")


def test_xml_that_nobody_knows(tmp_path: Path) -> None:
    xml = """<data><head><n>2</n></head><gw 编号="1"><岗位名称>保安</岗位名称><x y="1">z</x></gw>
    <gw><岗位名称>电工</岗位名称><x/></gw></data>"""
    first, second = rows(read(tmp_path, xml))
    assert first == {"编号": "1", "岗位名称": "保安", "x.y": "1", "x.text": "z"}
    assert second == {"岗位名称": "电工"}


def test_rss_whose_text_is_labelled_and_atom(tmp_path: Path) -> None:
    rss = """<rss version="2.0" xmlns:job="http://example.cn/ns"><channel><title>t</title><link>http://x.cn</link>
    <description>d</description>
    <item><title>电焊工</title><link>http://x.cn/1</link><guid>g1</guid><pubDate>Fri, 12 Jun 2026 22:49:39 GMT</pubDate>
    <description>&lt;p&gt;公司：某某厂&lt;/p&gt;&lt;p&gt;【工作地点】：奈曼旗&lt;/p&gt;薪资：5000元</description>
    <job:openings>3</job:openings></item>
    <item><title>厨师 - 某某饭店 - 开鲁县</title><link>http://x.cn/2</link>
    <description><![CDATA[<!DOCTYPE html>]]></description></item>
    </channel></rss>"""
    first, second = rows(read(tmp_path, rss))
    wanted = {"编号": "g1", "岗位名称": "电焊工", "用人单位": "某某厂", "工作地点": "奈曼旗", "薪资待遇": "5000元"}
    assert wanted.items() <= first.items()
    assert (first["招聘人数"], first["发布日期"]) == ("3", "2026-06-13")
    assert (second["岗位名称"], second["用人单位"], second["工作地点"]) == ("厨师", "某某饭店", "开鲁县")
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="http://x.cn/p2"/><entry><id>u:1</id>
    <title>保安</title><updated>2026-06-01T20:00:00Z</updated><author><name>某某公司</name></author>
    <summary>地点：库伦旗</summary></entry></feed>"""
    found = read(tmp_path, atom)
    (entry,) = rows(found)
    assert (entry["编号"], entry["用人单位"], entry["工作地点"]) == ("u:1", "某某公司", "库伦旗")
    assert found.more == [NextLine("http://x.cn/p2")]


LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@id": "#o", "@type": "Organization", "name": "某某厂（示例）"},
        {
            "@type": ["JobPosting"],
            "title": "厨师",
            "identifier": {"@type": "PropertyValue", "name": "某某厂", "value": "J1"},
            "hiringOrganization": {"@id": "#o"},
            "jobLocation": {
                "@type": "Place",
                "address": {"addressRegion": "内蒙古自治区", "addressLocality": "通辽市", "streetAddress": "示例路1号"},
            },
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "CNY",
                "value": {"@type": "QuantitativeValue", "minValue": 3000, "maxValue": 4000, "unitText": "MONTH"},
            },
            "datePosted": "2026-06-01",
            "validThrough": "2026-07-01T00:00:00+08:00",
            "employmentType": ["FULL_TIME", "TEMPORARY"],
            "totalJobOpenings": 2,
            "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 12},
        },
    ],
}


def script(body: str) -> str:
    """A JSON-LD script."""
    return f'<script type="application/ld+json">{body}</script>'


def test_postings_in_pages(tmp_path: Path) -> None:
    single = {"@type": "JobPosting", "title": "保安", "hiringOrganization": "某某公司", "jobLocation": "奈曼旗"}
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": single | {"title": "电工"}}]}
    index = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "url": "/job/9"}]}
    page = f"""<!DOCTYPE html><html><head>{script(json.dumps(LINKED))}{script('{"@type": "JobPosting", ')}
    {script("[" + json.dumps(single) + "]")}{script(json.dumps(listed))}{script(json.dumps(index))}</head></html>"""
    found = read(tmp_path, page)
    first, *others = rows(found)
    assert first == {
        "岗位名称": "厨师",
        "编号": "J1",
        "用人单位": "某某厂（示例）",
        "工作地点": "内蒙古自治区通辽市示例路1号",
        "薪资待遇": "3000-4000元/月",
        "发布日期": "2026-06-01",
        "截止日期": "2026-07-01",
        "招聘人数": "2",
        "经验要求": "12个月",
        "岗位描述": "用工形式：全职、临时",
    }
    assert [row["岗位名称"] for row in others] == ["保安", "电工"]
    assert [(one.phrase.code, one.phrase.args) for one in found.notices] == [("FEED_SCRIPT_BROKEN", {"number": 2})]
    assert found.more == [NextLine("/job/9")]


def test_linked_data_that_is_no_page(tmp_path: Path) -> None:
    assert rows(read(tmp_path, json.dumps(LINKED)))[0]["用人单位"] == "某某厂（示例）"


def test_items_without_a_reference_are_known_again_by_their_address(tmp_path: Path) -> None:
    jobs = [{"title": "保安", "url": f"https://x.cn/{n}"} for n in (1, 2)]
    first = rows(read(tmp_path, json.dumps([*jobs, {"title": "电工"}])))
    again = rows(read(tmp_path, json.dumps([{"title": "保安（改）", "url": "https://x.cn/2"}])))
    assert first[1]["编号"] == again[0]["编号"] != first[0]["编号"]
    assert "编号" not in first[2]
    shared = rows(read(tmp_path, json.dumps([job | {"url": "https://x.cn/"} for job in jobs])))
    assert all("编号" not in row for row in shared), "one address for all names none"


def test_one_object_a_line(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"title": name}) for name in ("保安", "电工"))
    assert [row["岗位名称"] for row in rows(read(tmp_path, lines))] == ["保安", "电工"]


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        ("", "auto", "FEED_EMPTY"),
        ('{"a": [1', "auto", "FEED_JSON_BROKEN"),
        ('{"a": 1}', "auto", "FEED_NO_LIST"),
        ('{"code": "1", "msg": "x", "request": "y"}', "auto", "FEED_NO_LIST"),
        ("<error><code>1</code><message>x</message></error>", "auto", "FEED_NO_LIST"),
        ("<html><body>x</body></html>", "jsonld", "FEED_NO_POSTINGS"),
        ("<rss><channel><item>", "auto", "FEED_TRUNCATED"),
        ("<a><b></a>", "auto", "FEED_XML_BROKEN"),
        ('[{"title": "x"}]', "rss", "FEED_OTHER_KIND"),
        ("编号,岗位名称\n1,2\n", "json", "FEED_OTHER_KIND"),
        ("<rss version='2.0'><channel><item><title>x</title></item></channel></rss>", "json", "FEED_OTHER_KIND"),
        ("%PDF-1.7", "auto", "IMPORT_FILE_PDF"),
        (b"\xff\xfe\x00", "auto", "IMPORT_ENCODING"),
        ("<x>" * 100_000, "auto", "FEED_XML_BROKEN"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: str | bytes, kind: str, code: str) -> None:
    assert refused(tmp_path, content, kind=kind) == code


def test_a_page_that_would_fill_the_memory_harms_only_the_child(tmp_path: Path) -> None:
    assert refused(tmp_path, b"[" + b"[{}]," * 4_000_000 + b"{}]") == "IMPORT_FILE_HEAVY"
    assert refused(tmp_path, b"[" + b"{}," * 200_001 + b"{}]") == "IMPORT_TOO_MANY_ROWS"


def test_a_declared_encoding_counts_only_where_the_bytes_leave_it_open(tmp_path: Path) -> None:
    assert decode_page("職位".encode("big5"), "text/csv; charset=big5") == "職位"
    assert decode_page("岗位".encode(), "text/csv; charset=big5") == "岗位"
    assert decode_page("岗位".encode("gbk"), "text/csv; charset=utf-8") == "岗位"
    assert decode_page("岗位".encode("gbk"), "text/csv; charset=rot13") == "岗位"
    assert decode_page(b'<?xml version="1.0" encoding="big5"?><a>' + "職位".encode("big5"), "").endswith("職位")
    with pytest.raises(FileRefused):
        decode_page("岗位".encode()[:-1], "")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-06-01T23:30:00Z", "2026-06-02"),
        ("2026-06-01 10:00:00", "2026-06-01"),
        ("1780000000", "2026-05-29"),
        ("Fri, 12 Jun 2026 22:49:39 GMT", "2026-06-13"),
        ("12 Jun 2026", "2026-06-12"),
        ("2026年6月1日", "2026年6月1日"),
        ("长期", "长期"),
        ("9999999999", "2286-11-21"),
        ("2026-13-45T00:00:00", "2026-13-45T00:00:00"),
    ],
)
def test_moments_become_days(said: str, meant: str) -> None:
    assert date_text(said) == meant


def test_html_and_pay() -> None:
    assert html_text("<p>a&amp;b</p><script>x()</script>1 < 2 &lt;br&gt;c") == "a&b\n1 < 2\nc"
    assert html_text("3<5 岁以上>") == "3<5 岁以上>"
    assert pay_text({"low": "3,000", "high": "4500.0", "unit": "month"}) == "3000-4500元/月"
    assert pay_text({"text": "面议", "low": "0"}) == "面议"
    assert pay_text({"text": "20", "unit": "HOUR", "currency": "USD"}) == "20USD/小时"
    assert pay_text({"unit": "month"}) == ""


def test_known_names_lead_to_fields_of_the_format() -> None:
    fields = set(names_of("postings").exact.values())
    assert {field for field, _ in known_names().values()} <= fields


def test_the_child_ends_with_a_line_that_says_how(tmp_path: Path) -> None:
    out = (tmp_path / "lines").open("w+b")
    page = tmp_path / "page"
    page.write_text("[[[", encoding="utf-8")
    with out:
        read_to_lines(page, PageSpec("page"), out)
        out.seek(0)
        assert b"FEED_JSON_BROKEN" in out.read()
