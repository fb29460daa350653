"""Pairs to look at the rules with: other adverts, and other things that senders do, each written after the rules were
thought to be done.

In: the adverts of four more files. Out: `Pair`s. After each of the first three looks the rules were mended, so only the
last one is held out; docs/quality.md has the figures of every first look.
"""

from __future__ import annotations

import random
from dataclasses import replace

from jobs_feed.places import place_of
from jobs_feed.sample.identity import company_code
from matcher.domain.posting import Posting
from matcher.reference.divisions import load_gazetteer
from tests.jobs_feed.sameness.pairs import (
    Base,
    Pair,
    bare,
    cut_off,
    elsewhere,
    handed_on,
    in_a_group,
    made,
    other_firm,
    other_job,
    paid_better,
    sentences,
    slipped,
    wide,
)


def forwarded(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Forwarded as one message: everything in the text, the columns half empty."""
    text = (
        f"【转发招聘】{base['short']}招{posting.title}{posting.openings}名，{posting.wage_text}。{posting.description}"
    )
    return replace(
        elsewhere(posting, "wechat"),
        description=f"{text}有意者打{posting.phone}",
        phone="",
        wage_text="",
        openings=None,
    )


SAID = (
    ("管吃住", "包吃包住"), ("提供食宿", "包食宿"), ("月休四天", "每月休4天"), ("交五险", "缴纳五险"),
    ("优先", "的优先考虑"), ("中午管饭", "管午餐"), ("单休", "每周休一天"), ("以上", "及以上"), ("会", "能"),
)  # fmt: skip


def said_otherwise(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Small words changed by whoever typed it."""
    text = posting.description
    for before, after in SAID:
        text = text.replace(before, after, 1)
    return replace(elsewhere(posting), description=text)


def as_a_list(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """A numbered list under headings."""
    lines = [f"{number}、{sentence}" for number, sentence in enumerate(sentences(posting.description), start=1)]
    return replace(elsewhere(posting), description="岗位职责及要求：\n" + "\n".join(lines))


def raised(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Weeks later, a line about the end of the year added, more people wanted."""
    text = posting.description + "年底前到岗的另有奖励。"
    return replace(elsewhere(posting, posting.sender, 28), description=text, openings=(posting.openings or 1) + 2)


def other_number(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another telephone of the firm."""
    return replace(elsewhere(posting), phone=base["other_phone"], employer=base["short"])


def unnamed(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The firm left out."""
    return replace(elsewhere(posting, "group"), employer=dice.choice(("某公司", "本公司", "个人", "厂家直招")))


def renamed(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The same legal person under a new name."""
    return replace(elsewhere(posting), employer="内蒙古新程企业发展有限公司")


def misspelt(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The firm's name with a wrong character, the place rougher."""
    name = posting.employer
    at = len(name) // 2
    place = place_of(base["coarse"], "", load_gazetteer())
    return replace(elsewhere(posting), employer=f"{name[:at]}某{name[at + 1 :]}", place=place)


def praised(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Place and praise in the title."""
    title = f"【{base['coarse']}】{posting.title}{posting.openings or 2}名 五险 包吃住 待遇优厚！！"
    return replace(elsewhere(posting), title=title, wage_text=base["alt_wage"])


def last_year(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Only the second half of the text, another name for the job."""
    text = posting.description[len(posting.description) // 2 :]
    return replace(elsewhere(posting), description=text, title=base["alt_title"])


def through_two(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """An agency's copy: reordered, shortened, its own words before."""
    mixed = sentences(posting.description)[::-1]
    text = "我公司代招，不收费。" + "".join(mixed[: max(2, len(mixed) - 1)])
    return replace(elsewhere(posting, "agency"), employer="通辽市蒙达人才服务有限公司", description=text)


# two jobs


def other_town(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The same firm in another township of the banner."""
    return replace(elsewhere(posting), place=place_of(base["town"], base["town"], load_gazetteer()))


def branches(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Two shops of one firm."""
    return replace(elsewhere(posting, "office", 0), employer=posting.employer + "火车站分店")


def part_time(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Half a day instead of a whole one."""
    return replace(
        elsewhere(posting, "office", 0),
        title=f"{posting.title}（兼职）",
        hours_text="兼职，每天3小时",
        wage_text="20元/小时",
    )


def learner(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The learner beside the master."""
    return replace(elsewhere(posting, "office", 0), title=f"{posting.title}学徒", wage_text="1200元/月")


def copied(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another firm of the banner that copied the text and put in its own name, number and pay."""
    return replace(
        elsewhere(posting), employer="通辽市嘉禾实业有限公司", phone="13500470001", wage_text="9800-12000元/月"
    )


def one_agent(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """One agent's number under another job of another firm."""
    return replace(
        elsewhere(posting, "agency"), employer="开鲁县德隆商贸有限公司", title=base["other_title"],
        description=base["other_description"], wage_text="",
    )  # fmt: skip


def namesake(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """A namesake in another banner."""
    place = place_of(base["elsewhere"], "", load_gazetteer())
    return replace(elsewhere(posting), place=place, phone=base["other_phone"])


def same_words(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another job of the firm under the same text, in another week."""
    return replace(elsewhere(posting, posting.sender, 9), title=base["other_title"])


def rival(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """A rival next door wants the same kind of person."""
    first = sentences(posting.description)[0]
    return replace(
        elsewhere(posting),
        employer="通辽市鸿运兴达服务有限公司",
        phone="13500470002",
        description=first + "工资面谈，来人详谈。",
    )


def assistant(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Who leads them."""
    return replace(elsewhere(posting), title=f"{posting.title}组长", openings=1)


ALIKE = (
    forwarded, said_otherwise, as_a_list, raised, other_number, unnamed, renamed, misspelt, praised, last_year,
    through_two,
)  # fmt: skip
APART = (
    other_town, branches, part_time, learner, copied, one_agent, namesake, same_words, rival, assistant,
)  # fmt: skip


def held_out() -> list[Pair]:
    """The half that was written after the rules were fixed."""
    return _coded(list(made("same_adverts_held_out", ALIKE, APART, 2026)))


def _coded(pairs: list[Pair]) -> list[Pair]:
    """Codes for the two names of one legal person; a branch for the first of two shops."""
    return [_dressed(pair, number) for number, pair in enumerate(pairs)]


def _dressed(pair: Pair, number: int) -> Pair:
    """What a recipe needs on both sides of a pair."""
    if pair.kind == "renamed":
        code = company_code(1000 + number)
        return replace(pair, one=replace(pair.one, uscc=code), other=replace(pair.other, uscc=code))
    if pair.kind == "branches":
        return replace(pair, one=replace(pair.one, employer=pair.one.employer + "步行街分店"))
    return pair


# the last half: other adverts again, two things done to each at once


def rough_and_reposted(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Typed with slips into a chat, weeks later."""
    return slipped(in_a_group(posting, base, dice), base, dice)


def listed_and_praised(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Numbered lines under a title full of praise, the firm by its short name."""
    return replace(praised(as_a_list(posting, base, dice), base, dice), employer=base["short"])


def cut_by_an_agency(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Handed on by an agency that kept half of it."""
    return cut_off(handed_on(posting, base, dice), base, dice)


def wide_and_renumbered(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Full width, and another number of the firm."""
    return other_number(wide(posting, base, dice), base, dice)


def reworded_next_month(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Small words changed, a month later, more people wanted."""
    return raised(said_otherwise(posting, base, dice), base, dice)


def bare_and_rough(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """A list without texts, the firm's short name, the pay in other words."""
    return replace(bare(posting, base, dice), employer=base["short"], wage_text=base["alt_wage"])


def unnamed_and_cut(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """No firm, half the text."""
    return cut_off(unnamed(posting, base, dice), base, dice)


def called_and_forwarded(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another name of the job, in a forwarded message."""
    return replace(forwarded(posting, base, dice), title=base["alt_title"])


def leader_elsewhere(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Who leads them, forwarded."""
    return replace(forwarded(posting, base, dice), title=f"{posting.title}班长")


def agency_with_two(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The agency's other client: its own number, the other job."""
    return one_agent(handed_on(posting, base, dice), base, dice)


def short_notice_elsewhere(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The same firm in another township, without a text."""
    return bare(other_town(posting, base, dice), base, dice)


def by_the_hour(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Part-time, slipped in with the same text."""
    return part_time(slipped(posting, base, dice), base, dice)


TWICE = (
    rough_and_reposted, listed_and_praised, cut_by_an_agency, wide_and_renumbered, reworded_next_month, bare_and_rough,
    unnamed_and_cut, called_and_forwarded,
)  # fmt: skip
BOTH_APART = (
    leader_elsewhere, agency_with_two, short_notice_elsewhere, by_the_hour, same_words, rival, namesake, other_job,
    paid_better, other_firm,
)  # fmt: skip


def third() -> list[Pair]:
    """Pairs of the third look."""
    return list(made("same_adverts_fresh", TWICE, BOTH_APART, 7))


def fourth() -> list[Pair]:
    """Adverts of the fourth look, under every recipe."""
    return _coded(list(made("same_adverts_last", (*ALIKE, *TWICE), (*APART, *BOTH_APART), 9)))


def last() -> list[Pair]:
    """Adverts nobody had looked at when the rules were fixed, under every recipe; nothing was changed after them."""
    return _coded(list(made("same_adverts_final", (*ALIKE, *TWICE), (*APART, *BOTH_APART), 11)))
