"""Cells as people and programs write them: identity numbers, days, pay, phones, words for yes and no."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from matcher.domain.worker import Education, Sex, WorkStatus
from tests.jobs_feed.books import Cell, id_number
from tests.jobs_feed.files.case import POSTING, WORKER, Case, Make, csv_bytes, posting_row, simple, worker_row

ID = id_number(1)
FEMALE = id_number(2)
WITH_X = next(number for serial in range(1, 99) if (number := id_number(serial)).endswith("X"))


def ids(*numbers: Cell) -> Make:
    """A roster whose rows differ by the way the number is written."""
    return simple([list(WORKER), *(worker_row(row, 身份证号=number) for row, number in enumerate(numbers, start=1))])


def dated(*days: Cell, column: str = "截止日期") -> Make:
    """Postings that differ by a day."""
    rows = ([*posting_row(number), day] for number, day in enumerate(days, start=1))
    return simple([[*POSTING, column], *rows])


def days(*found: date | None, name: str = "deadline") -> list[dict[str, object]]:
    """What the rows of `dated` must give."""
    return [{"ref": f"P-{number}", name: day} for number, day in enumerate(found, start=1)]


def since_1904(folder: Path) -> Path:
    """A workbook of a Macintosh: days count from 1904, shown as days and as bare numbers."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for row in ([*POSTING, "发布日期"], [*posting_row(1), date(2022, 6, 1)], [*posting_row(2), 43251]):
        sheet.append(row)
    book.save(folder / "mac.xlsx")
    return folder / "mac.xlsx"


def paid(header: str, *cells: Cell) -> Make:
    """Postings under another header of pay."""
    head = [header if name == "薪资待遇" else name for name in POSTING]
    return simple([head, *(posting_row(number, 薪资待遇=cell) for number, cell in enumerate(cells, start=1))])


def pay(*texts: str) -> list[dict[str, object]]:
    """The pay of the rows of `paid`."""
    return [{"ref": f"P-{number}", "wage_text": text} for number, text in enumerate(texts, start=1)]


def people(header: str, *cells: Cell) -> Make:
    """A roster without identity numbers, with one more column."""
    rows = ([*worker_row(number, 身份证号=None), cell] for number, cell in enumerate(cells, start=1))
    return simple([[*WORKER, header], *rows])


def said(name: str, *values: object) -> list[dict[str, object]]:
    """The values of the rows of `people`."""
    return [{"ref": f"W-{number}", name: value} for number, value in enumerate(values, start=1)]


def phones(*cells: Cell) -> Make:
    """A roster whose rows differ by the phone."""
    return simple([list(WORKER), *(worker_row(row, 联系电话=cell) for row, cell in enumerate(cells, start=1))])


SAME_PERSON = {"ref": "W-1", "id_number": ID}
LAST_OF_JUNE = date(2022, 6, 30)

CASES = (
    Case("ID with apostrophe", "workers", ids(f"'{ID}"), [SAME_PERSON]),
    Case("ID with spaces", "workers", ids(f"{ID[:6]} {ID[6:14]} {ID[14:]}"), [SAME_PERSON]),
    Case("ID with tab and zero width", "workers", ids(f"\u200b{ID}\t"), [SAME_PERSON]),
    Case(
        "ID in full width",
        "workers",
        ids("".join(chr(ord(d) + 0xFEE0) if d.isdigit() else d for d in ID)),
        [SAME_PERSON],
    ),
    Case("ID with small x", "workers", ids(WITH_X.lower()), [{"ref": "W-1", "id_number": WITH_X}]),
    Case("ID as a number", "workers", ids(float(ID[:17] + "0")), refused={2: "IMPORT_ID_NUMBER"}),
    Case("ID as text of a number", "workers", ids("1.50599E+17", ID), [{"ref": "W-2"}], {2: "IMPORT_ID_NUMBER"}),
    Case(
        "IDs that are none",
        "workers",
        ids(ID[:-1], ID[:-1] + ("1" if ID[-1] != "1" else "2"), "1505991979130200AX", FEMALE),
        [{"ref": "W-4", "sex": Sex.FEMALE}],
        {2: "IMPORT_ID_LENGTH", 3: "IMPORT_ID_CHECK_DIGIT", 4: "IMPORT_ID_CHARACTERS"},
    ),
    Case("ID of a text file", "workers", csv_bytes([list(WORKER), worker_row(1, 身份证号=f'="{ID}"')]), [SAME_PERSON]),
    Case(
        "days as people write them",
        "postings",
        dated("2022.6.1", "2022/6/1", "2022年6月1日", "20220601", "22-6-1", "2022-06-01 08:30:00", "２０２２．６．１"),
        days(*[date(2022, 6, 1)] * 7),
    ),
    Case("days as Excel counts them", "postings", dated(44713, "44713", 44713.0), days(*[date(2022, 6, 1)] * 3)),
    Case("real days", "postings", dated(date(2022, 6, 1)), days(date(2022, 6, 1))),
    Case("days since 1904", "postings", since_1904, days(date(2022, 6, 1), date(2022, 6, 1), name="published_on")),
    Case(
        "months and their ends",
        "postings",
        dated("2022年6月底", "2022年6月末", "2022年6月", "二〇二二年六月三十日", "6/30/2022", "30.06.2022"),
        days(LAST_OF_JUNE, LAST_OF_JUNE, date(2022, 6, 1), LAST_OF_JUNE, LAST_OF_JUNE, LAST_OF_JUNE),
    ),
    Case(
        "stretches of days",
        "postings",
        dated("2022/6/1-2022/6/30", "2022年6月1日至6月30日", "即日起至2022-06-30", "截至2022年6月30日", "2022-06-30止"),
        days(*[LAST_OF_JUNE] * 5),
    ),
    Case(
        "first days of stretches",
        "postings",
        dated("2022/6/1-2022/6/30", "2022.6.1起", column="发布日期"),
        days(*[date(2022, 6, 1)] * 2, name="published_on"),
    ),
    Case("no end", "postings", dated("长期", "长期有效", "即日起", "招满为止", "常年", "—"), days(*[None] * 6)),
    Case("last of June without a year", "postings", dated("6月底"), days(date(2025, 6, 30))),
    Case(
        "days there are not",
        "postings",
        dated("2022-02-30", "2022-13-01", "2022-06-01"),
        [{"ref": "P-3"}],
        {2: "IMPORT_DATE_IMPOSSIBLE", 3: "IMPORT_DATE_IMPOSSIBLE"},
    ),
    Case("pay in thousands", "postings", paid("月薪(千元)", 3.5, "3-4"), pay("3.5千元/月", "3-4千元/月")),
    Case("pay a year", "postings", paid("年薪（万元）", 6, "5~8"), pay("6万元/年", "5~8万元/年")),
    Case("pay a day", "postings", paid("日薪", 150, "150元"), pay("150元/天", "150元")),
    Case("pay in words", "postings", paid("工资", "一千二", "面议", "3k-4k"), pay("一千二", "面议", "3k-4k")),
    Case(
        "pay in two columns",
        "postings",
        simple(
            [
                [*POSTING[:5], "最低月薪", "最高月薪"],
                [*posting_row(1)[:5], 3000, 4000],
                [*posting_row(2)[:5], 3500, None],
            ]
        ),
        pay("3000-4000", "3500以上"),
    ),
    Case(
        "formulas and errors",
        "postings",
        simple([list(POSTING), posting_row(1, 薪资待遇="=3000+200"), posting_row(2, 工作地点="#N/A"), posting_row(3)]),
        [{"ref": "P-3"}],
        {2: "IMPORT_FORMULA", 3: "IMPORT_FORMULA"},
    ),
    Case(
        "phones",
        "workers",
        phones(
            "138-0000-0001",
            "+86 13800000002",
            13800000003.0,
            "13800000004/13900000004",
            "0475-1234567转8",
            "(0475)2345678",
        ),
        said(
            "phone",
            "13800000001",
            "13800000002",
            "13800000003",
            "13800000004 13900000004",
            "0475-1234567转8",
            "(0475)2345678",
        ),
    ),
    Case(
        "sex",
        "workers",
        people("性别", "M", "F", 1, 2, "男性", "女 ", "♀"),
        said("sex", *((Sex.MALE, Sex.FEMALE) * 3), Sex.FEMALE),
    ),
    Case(
        "yes and no",
        "workers",
        people("是否愿意外出", "√", "✓", "Y", 1, "是", "有", True, "☑", "N", 0, "否", "无", "×", False),
        said("willing_to_move", *[True] * 8, *[False] * 6),
    ),
    Case(
        "schooling",
        "workers",
        people(
            "学历",
            "中专",
            "职高",
            "研究生",
            "初中肄业",
            "小学（三年级）",
            "大学本科",
            "高职",
            "文盲/半文盲",
            "初中毕业",
        ),
        said(
            "education",
            Education.SENIOR,
            Education.SENIOR,
            Education.BACHELOR,
            Education.JUNIOR,
            Education.PRIMARY,
            Education.BACHELOR,
            Education.COLLEGE,
            Education.ILLITERATE,
            Education.JUNIOR,
        ),
    ),
    Case(
        "status",
        "workers",
        people(
            "就业状况",
            "失业",
            "在家务农待业",
            "外出打工",
            "打零工",
            "个体户",
            "登记失业人员",
            "已就业（企业）",
            "灵活就业人员",
        ),
        said(
            "work_status",
            WorkStatus.UNEMPLOYED,
            None,
            WorkStatus.EMPLOYED,
            WorkStatus.FLEXIBLE,
            WorkStatus.SELF_EMPLOYED,
            WorkStatus.UNEMPLOYED,
            WorkStatus.EMPLOYED,
            WorkStatus.FLEXIBLE,
        ),
    ),
    Case(
        "names",
        "workers",
        simple(
            [
                list(WORKER),
                worker_row(1, 姓名="包·雪梅"),
                worker_row(2, 姓名="包 雪 兰"),
                worker_row(3, 姓名="\u202e示例\u200f三"),
                worker_row(4, 姓名="𠮷𡨄"),
                worker_row(5, 姓名="示例\ue863"),
                worker_row(6, 姓名="😀示例"),
            ]
        ),
        said("name", "包·雪梅", "包 雪 兰", "示例三", "𠮷𡨄", "示例\ue863", "😀示例"),
        notices=["IMPORT_RARE_CHARACTER"],
    ),
    Case(
        "formulas in texts stay texts",
        "postings",
        csv_bytes([list(POSTING), posting_row(1, 岗位名称="=cmd|'/C calc'!A0"), posting_row(2, 用人单位="@SUM(A1)")]),
        [
            {"ref": "P-1", "title": "=cmd|'/C calc'!A0", "employer": "示例物业1公司"},
            {"ref": "P-2", "title": "保洁员", "employer": "@SUM(A1)"},
        ],
    ),
    Case(
        "nothing in what must be said",
        "postings",
        simple([list(POSTING), posting_row(1, 用人单位=None), posting_row(2, 岗位名称="  "), posting_row(3)]),
        [{"ref": "P-3"}],
        {2: "IMPORT_MISSING", 3: "IMPORT_MISSING"},
    ),
)
