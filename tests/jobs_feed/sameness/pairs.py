"""Labelled pairs of made-up adverts: what senders do to one advert, and what two adverts of one firm look like.

In: base adverts (tests/jobs_feed/cases/same_adverts_*.csv) and recipes, drawn with a fixed seed; hand-written pairs
(same_pairs.csv). Out: `Pair`s. The worked-with half was there while the rules were made; the held-out half, its
adverts and its recipes (pairs_held_out.py) were written after the rules were fixed.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from jobs_feed.places import place_of
from jobs_feed.sameness.adverts import Advert, advert_of, phones_of
from matcher.domain.posting import Posting
from matcher.reading import load_tools, read_posting
from matcher.reference.divisions import load_gazetteer
from matcher.store.incoming.signs import traits_in

CASES = Path(__file__).resolve().parents[1] / "cases"
PUBLISHED = date(2026, 6, 1)
Base = Mapping[str, str]
Recipe = Callable[[Posting, Base, random.Random], Posting]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two adverts, whether they are one job, and what makes or keeps them so."""

    one: Posting
    other: Posting
    same: bool
    kind: str


def bases(name: str) -> list[Base]:
    """The base adverts of one half."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def posting_of(base: Base, ref: str = "A-1", **changes: str) -> Posting:
    """A base advert as one office delivers it."""
    row = {**base, **changes}
    return Posting(
        ref=ref,
        source_ref=ref.partition("#")[0],
        sender=row.get("sender") or "office",
        title=row["title"],
        employer=row["employer"],
        place=place_of(row["place"], row["employer"], load_gazetteer()),
        openings=int(row["openings"]) if row["openings"] else None,
        wage_text=row["wage"],
        hours_text=row["hours"],
        description=row["description"],
        phone=row["phone"],
        sex_text=row.get("sex", ""),
        published_on=PUBLISHED,
        deadline=PUBLISHED + timedelta(days=45),
    )


def advert(posting: Posting, key: int = 1) -> Advert:
    """A posting as it is compared, its facts read as an import reads them."""
    return advert_of(key, posting, traits_in(msgspec.json.encode(_facts(posting))), phones_of(posting))


@lru_cache(maxsize=4096)
def _facts(posting: Posting):  # type: ignore[no-untyped-def]
    return read_posting(posting, load_tools())


def elsewhere(posting: Posting, sender: str = "another", days: int = 3) -> Posting:
    """The same advert in another office's list, some days later."""
    published = (posting.published_on or PUBLISHED) + timedelta(days=days)
    return replace(posting, ref="B-7", source_ref="B-7", sender=sender, published_on=published)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [piece for piece in re.split(r"(?<=[。！])", text) if piece]


# what senders do to one advert


def again(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The same office, weeks later, under a new number."""
    days = dice.randint(14, 60)
    published = (posting.published_on or PUBLISHED) + timedelta(days=days)
    return replace(posting, ref="A-88", source_ref="A-88", published_on=published, deadline=None)


def shortened(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another office, the firm by its short name."""
    return replace(elsewhere(posting), employer=base["short"])


def in_a_group(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Copied into a chat: praise before, emoji between, the number in the text."""
    mixed = sentences(posting.description)
    dice.shuffle(mixed)
    emoji = dice.choice(("🔥", "📢", "💰💰", "✅"))
    text = f"{emoji}".join(mixed) + f"\n电话{posting.phone}（微信同号）非诚勿扰"
    title = dice.choice(("急招", "高薪诚聘", "🔥招聘", "长期招")) + posting.title
    return replace(elsewhere(posting, "wechat"), title=title, description=text, phone="")


def wide(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Full-width digits, blanks between, brackets changed."""
    table = str.maketrans("0123456789-,()", "０１２３４５６７８９－，（）")
    spaced = posting.description.translate(table).replace("，", "， ")
    return replace(
        elsewhere(posting), title=f" {posting.title} ", wage_text=posting.wage_text.translate(table), description=spaced
    )


SLIPS = {"的": "得", "做": "作", "账": "帐", "优先": "优洗", "负责": "负则", "每天": "每填", "身体": "身休", "包": "饱"}


def slipped(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Typed anew with slips."""
    text = posting.description
    for right, wrong in SLIPS.items():
        if dice.random() < 0.6:
            text = text.replace(right, wrong, 1)
    return replace(elsewhere(posting), description=text, openings=None)


def cut_off(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Only the beginning of the text."""
    share = dice.uniform(0.35, 0.7)
    return replace(elsewhere(posting), description=posting.description[: int(len(posting.description) * share)] + "…")


AGENCIES = ("通辽市百业人力资源有限公司", "诚信劳务中介", "蒙东人才职业介绍所")


def handed_on(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Handed on by an agency, with the factory's number."""
    text = "某企业直招：" + posting.description
    return replace(elsewhere(posting, "agency"), employer=dice.choice(AGENCIES), description=text)


def paid_otherwise(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The same pay in another notation, another head count."""
    return replace(elsewhere(posting), wage_text=base["alt_wage"], openings=(posting.openings or 1) + 1)


def without_number(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Without a phone, the place only roughly."""
    place = place_of(base["coarse"], "", load_gazetteer())
    return replace(elsewhere(posting), phone="", place=place)


def called_otherwise(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another name of the same job."""
    return replace(elsewhere(posting), title=base["alt_title"])


def bare(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """No text at all, as in a list of vacancies."""
    return replace(elsewhere(posting, "list"), description="", hours_text="")


def worn(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Several of these at once."""
    first = dice.choice((in_a_group, slipped, cut_off))(posting, base, dice)
    changed = replace(first, employer=base["short"], wage_text=dice.choice((base["alt_wage"], posting.wage_text)))
    return replace(changed, place=place_of(dice.choice((base["coarse"], base["place"])), "", load_gazetteer()))


# two adverts that are two jobs


def other_job(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another job of the firm."""
    return replace(elsewhere(posting), title=base["other_title"], description=base["other_description"])


def boilerplate(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another job under the same text about the firm."""
    return replace(elsewhere(posting, "office", 0), title=base["other_title"])


def other_place(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The same firm looks for the same in another banner."""
    return replace(elsewhere(posting), place=place_of(base["elsewhere"], "", load_gazetteer()))


OTHERS = ("通辽市宏远商贸有限公司", "蒙泰实业有限公司", "金达莱服务有限公司", "赤峰立新制造有限公司", "李老板", "个人")


def other_firm(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The same kind of job with another firm, another number, another text."""
    text = "".join(dice.sample(sentences(base["other_description"]), 1))
    phone = f"1390475{dice.randint(2000, 9999)}"
    return replace(elsewhere(posting), employer=dice.choice(OTHERS), phone=phone, description=text)


def paid_better(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Another pay band altogether."""
    return replace(elsewhere(posting), wage_text="19500-21000元/月")


def at_night(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The night shift of the same job, advertised beside the day shift."""
    return replace(
        elsewhere(posting, "office", 0), title=posting.title.replace("白班", "夜班"), hours_text="22:00-6:00 夜班"
    )


def for_men(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """For the other sex."""
    return replace(elsewhere(posting, "office", 0), title=posting.title.replace("女", "男"), sex_text="男")


def who_leads(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """Who leads those who do the job."""
    return replace(elsewhere(posting, "office", 0), title=f"{posting.title}主管", openings=1)


def second_job(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """The second job of the same advert."""
    return replace(posting, ref=f"{posting.ref}#2", title=posting.title)


def agency_of_many(posting: Posting, base: Base, dice: random.Random) -> Posting:
    """An agency's other advert: the same number, another job."""
    return replace(elsewhere(posting, "agency"), title=base["other_title"], description=base["other_description"])


ALIKE: tuple[Recipe, ...] = (
    again, shortened, in_a_group, wide, slipped, cut_off, handed_on, paid_otherwise, without_number,
    called_otherwise, bare, worn,
)  # fmt: skip
APART: tuple[Recipe, ...] = (
    other_job, boilerplate, other_place, other_firm, paid_better, at_night, for_men, who_leads, second_job,
)  # fmt: skip


def made(half: str, alike: tuple[Recipe, ...], apart: tuple[Recipe, ...], seed: int) -> Iterator[Pair]:
    """The pairs of a half: each base under half of the recipes, in turn."""
    dice = random.Random(seed)
    for number, base in enumerate(bases(half)):
        posting = posting_of(base)
        for recipes, same in ((alike, True), (apart, False)):
            for at, recipe in enumerate(recipes):
                if (number + at) % 2 == 0:
                    yield Pair(*_dressed(posting, recipe, base, dice), same, recipe.__name__)


def _dressed(posting: Posting, recipe: Recipe, base: Base, dice: random.Random) -> tuple[Posting, Posting]:
    """The two adverts of a recipe; where one is for a shift or a sex, the other says so too."""
    first = posting
    if recipe.__name__ == "at_night":
        first = replace(posting, title=f"{posting.title}（白班）", hours_text="8:00-17:00 白班")
    if recipe.__name__ == "for_men":
        first = replace(posting, title=f"{posting.title}（女）", sex_text="女")
    return first, recipe(first, base, dice)


def worked_with() -> list[Pair]:
    """The half that the rules were made with."""
    return list(made("same_adverts_worked", ALIKE, APART, 131))
