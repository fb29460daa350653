"""A row of a roster → a person as the roster states it.

In: `RowReader` over one row. Out: `Worker`, or None with the reasons in the reader. What the columns contradict
is asked later (rosters/asking.py), never settled here.
"""

from __future__ import annotations

import re
from datetime import date

from jobs_feed.cells import plain, seen
from jobs_feed.fields import folded, is_blank, read_date, ways_to_say, words_of
from jobs_feed.ledger import read_ledger
from jobs_feed.rows import RowReader, values_of
from matcher.domain.worker import (
    Education,
    Health,
    HouseholdType,
    LabourSkill,
    MonitorCategory,
    Sex,
    Transport,
    Willingness,
    Worker,
    WorkStatus,
)
from matcher.reading.identity import IdNumber
from matcher.reference.divisions import Gazetteer

EDUCATION = dict(zip(("文盲或半文盲", "小学", "初中", "高中", "大专", "本科及以上"), Education, strict=True))
_LISTING = re.compile(r"[、，,;；/\s]+")
_DAY = re.compile(r"\d{4}\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}\s*日?")
_PHONE_NOISE = re.compile(r"[\d\s\-+()（）、,，;；/转]+")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def read_roster_row(row: RowReader, gazetteer: Gazetteer, *, sender: str, wage_unit: str = "") -> Worker | None:
    """The person of one row; `ref` is "" where the row has none."""
    name = row.required("姓名")
    identity = row.identity("身份证号")
    home = gazetteer.resolve_parts(row.text("旗县"), row.text("苏木乡镇"), row.text("嘎查村"))
    sex, born = _sex(row, identity), _birth_date(row, identity)
    public_post, public_post_until = _public_post(row)
    education_text = row.text("文化程度")
    found = Worker(
        ref=row.text("编号"),
        sender=sender,
        name=name,
        id_number=_kept_number(row) if identity else "",
        sex=sex,
        birth_date=born,
        phone=row.phone("联系电话"),
        home=home,
        village=row.text("嘎查村"),
        household_no=row.text("户编号"),
        household_type=row.choice("户类型", HouseholdType),
        monitor_category=row.choice("监测对象类别", MonitorCategory),
        risk_reason=row.text("致险原因"),
        resettled=row.yes_no("是否易地搬迁"),
        settlement=row.text("集中安置区"),
        ethnicity=row.text("民族"),
        language_text=row.text("语言"),
        education=_education(education_text),
        education_text=education_text,
        school_status=_school_status(row),
        labour_skill=row.choice("劳动技能", LabourSkill),
        health=_health(row),
        health_text=row.text("健康状况"),
        work_status=row.choice("就业状态", WorkStatus),
        unemployed_since=row.day("失业日期"),
        willingness=row.choice("就业意愿", Willingness),
        public_post=public_post,
        public_post_until=public_post_until,
        skills_text=row.text("技能特长"),
        certificates_text=row.text("证书"),
        experience_text=row.text("工作经历"),
        wish_text=row.text("意向工种"),
        wish_place_text=row.text("意向地区"),
        wage_text=row.text("期望月薪", unit=wage_unit),
        willing_to_move=row.yes_no("是否愿意外出"),
        daily_return=row.yes_no("是否需当天回家"),
        care_text=row.text("家庭照料"),
        transport=row.choice("交通方式", Transport),
        training_wish_text=row.text("培训意愿"),
        remarks=_remarks(row),
        guide_name=row.text("责任人"),
        ledger=read_ledger(row, gazetteer),
    )
    if row.problems:
        return None
    if identity is not None and not gazetteer.place(identity.digits[:6]).known:
        row.tell("身份证号", "IMPORT_ID_COUNTY")
    if _PRIVATE_USE.search(name):
        row.tell("姓名", "IMPORT_RARE_CHARACTER")
    if home.text and not home.known:
        row.tell("旗县", "IMPORT_PLACE_UNKNOWN")
    return found


def _kept_number(row: RowReader) -> str:
    """The number as delivered, the forms of a disability card included, without spaces."""
    return re.sub(r"[\s'’`]+", "", seen(plain(row.raw("身份证号")))).upper().translate(_WIDE)


_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "X"}


def _sex(row: RowReader, identity: IdNumber | None) -> Sex | None:
    """The ID number wins over the column; a difference is told."""
    typed = row.choice("性别", Sex)
    if identity is None:
        return typed
    if typed is not None and typed is not identity.sex:
        row.tell("性别", "IMPORT_DIFFERS_FROM_ID")
    return identity.sex


def _birth_date(row: RowReader, identity: IdNumber | None) -> date | None:
    """The ID number wins over the column; a birth date in words is left to the text."""
    text = plain(row.raw("出生日期"))
    if identity is None:
        typed = row.day("出生日期")
        if typed is not None and typed > row.as_of:
            row.refuse("出生日期", "IMPORT_BIRTH_FUTURE")
        return typed
    typed = read_date(text, as_of=row.as_of).value
    if typed is not None and typed.replace(day=1) != identity.birth_date.replace(day=1):
        row.tell("出生日期", "IMPORT_DIFFERS_FROM_ID")
    return identity.birth_date


def _education(text: str) -> Education | None:
    """The level a cell names; other words are left to reading, the text stays."""
    words = words_of("文化程度")
    found = (words.get(one, one) for one in ways_to_say(folded(text)))
    return next((EDUCATION[level] for level in found if level in EDUCATION), None)


def _school_status(row: RowReader) -> str:
    """Where someone is at school; "" = not at school, also where the cell says 否 or 非在校生."""
    text = row.text("在校生状况")
    if words_of("是否").get(text) == "否" or text.startswith(("非在校", "不在校", "已毕业", "毕业")):
        return ""
    return text


def _health(row: RowReader) -> tuple[Health, ...]:
    """The states of health a cell names; other words stay in the text for reading."""
    known = words_of("健康状况")
    found = []
    for part in _LISTING.split(plain(row.raw("健康状况"))):
        value = known.get(part, part)
        if value in values_of(Health) and Health(value) not in found:
            found.append(Health(value))
    return tuple(found)


def _public_post(row: RowReader) -> tuple[bool | None, date | None]:
    """Whether someone holds a public-welfare post, and until when; the name of a post means yes."""
    text = plain(row.raw("是否公益性岗位"))
    day = _DAY.search(text)
    until = read_date(day.group(), as_of=row.as_of).value if day else None
    rest = text.replace(day.group(), "") if day else text
    answer = words_of("是否").get(rest.strip(" ，,、（）()"))
    if is_blank(text):
        return None, None
    if answer is None:
        answer = "否" if rest.startswith(("否", "无", "不", "没")) else "是"
        if not rest.startswith(("是", "有", "否", "无", "不", "没")):
            row.tell("是否公益性岗位", "IMPORT_PUBLIC_POST_NAMED")
    return (True, until) if answer == "是" else (False, None)


def _remarks(row: RowReader) -> str:
    """The coordinator's words, and what other columns said beside their value: whose phone, an age in words."""
    parts = [row.text("情况说明")]
    whose = _PHONE_NOISE.sub(" ", plain(row.raw("联系电话"))).strip()
    if whose and not is_blank(whose):
        parts.append(f"联系电话：{whose}")
    born = plain(row.raw("出生日期"))
    if not is_blank(born) and not row.raw("身份证号") and read_date(born, as_of=row.as_of).value is None:
        parts.append(f"出生日期：{born}")
    return "\n".join(part for part in parts if part)
