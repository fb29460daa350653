"""A life put into the words of the coordinator who keeps the ledger: lives in, rows of the workers' template out."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from jobs_feed.sample.blocks import Blocks, Notation
from jobs_feed.sample.dice import Dice
from jobs_feed.sample.identity import id_number, phone_number
from jobs_feed.sample.people import Life
from jobs_feed.sample.places import short_township

Row = dict[str, str]
_DIGITS = "零一二三四五六七八九十"
_DISABILITY_CLASS = {"deaf": "2"}


class Clerk:
    """Writes lives down, one village after the other, with the habits of each village's keeper."""

    def __init__(self, blocks: Blocks, dice: Dice, as_of: date) -> None:
        """Dates and ages are as of `as_of`."""
        self._blocks = blocks
        self._dice = dice
        self._as_of = as_of
        self._phones: list[str] = []
        self._births: dict[tuple[date, bool], int] = {}
        self._refs: dict[str, int] = {}

    def write(self, life: Life) -> Row:
        """The row of one person, with the gaps real ledgers have."""
        words = self._context(life)
        row = self._home(life) | self._state(life, words)
        if not life.standing.bare:
            row |= self._work(life, words)
        row["情况说明"] = self._story(life, words)
        row |= self._identity(life, row)
        return self._with_gaps(life, row)

    def _context(self, life: Life) -> Row:
        """The words that this person's sentences may use."""
        dice, words, village = self._dice, self._blocks.words, life.village
        away = life.trade.away >= 0.3 or life.standing.away
        lost = self._as_of - timedelta(days=dice.between(*(life.standing.lost_days or (20, 400))))
        context = {
            "place": dice.pick(words.away_places) if away else short_township(village.county.seat),
            "district": dice.pick(words.beijing).removesuffix("区"),
            "town": village.town_short,
            "seat": short_township(village.county.seat),
            "banner": village.county.names[-1],
            "qi": village.county.names[0][-1],
            "years": self._years(life),
            "ago": dice.pick(("去年", "前年", "前些年", f"{self._as_of.year - dice.between(2, 5)}年")),
            "half": dice.pick(("半年", "三个月", "八个月")),
            "spouse": (dice.pick(("媳妇", "对象", "老伴")) if life.age >= 50 else "媳妇") if life.male else "丈夫",
            "spend": dice.pick(("看病", "老人住院", "孩子念书", "盖房")),
            "he": "他" if life.male else "她",
            "herd": str(dice.between(12, 60)),
            "kin": dice.pick(words.kin[:2] if life.age >= 46 else words.kin[2:]),
            "lost": lost.isoformat() if life.standing.lost_days else "",
            "when": self._when(lost),
            "soon": self._month(self._as_of + timedelta(days=dice.between(20, 90))),
            "post_end": (self._as_of + timedelta(days=dice.between(15, 300))).replace(day=1).isoformat(),
            "valid": self._month(self._as_of + timedelta(days=dice.between(120, 1500))) + dice.pick(("到期", "有效")),
            "expired": self._month(self._as_of - timedelta(days=dice.between(40, 900))),
            "苏木": "苏木" if village.township.endswith("苏木") else "镇",
        }
        context["reason"] = dice.say(dice.pick(words.reasons), context)
        return context

    def _years(self, life: Life) -> str:
        """How long one did the work, within what the age allows."""
        years = self._blocks.words.years
        most = max(1, min(len(years), (life.age - 17) * 2 // 3))
        return self._dice.pick(years[:most])

    def _when(self, lost: date) -> str:
        """A past day as people say it."""
        if lost.year < self._as_of.year:
            return f"去年{lost.month}月"
        months = self._as_of.month - lost.month
        return "这个月" if months == 0 else "上个月" if months == 1 else f"{lost.month}月份"

    def _month(self, day: date) -> str:
        """A month as it stands on certificates."""
        return self._dice.pick((f"{day:%Y-%m}", f"{day.year}年{day.month}月", f"{day:%Y.%m}"))

    def _home(self, life: Life) -> Row:
        """Where the person lives and what the household is to the service."""
        dice, words, village = self._dice, self._blocks.words, life.village
        kind = life.standing.household
        monitored = kind == "monitored" or (not kind and dice.chance(0.06))
        settled = kind == "resettled" or (not kind and dice.chance(0.05))
        count = self._refs[village.county.letters] = self._refs.get(village.county.letters, 0) + 1
        return {
            "编号": f"{village.county.letters}-{count:04d}",
            "姓名": life.name,
            "旗县": village.county_cell,
            "苏木乡镇": village.township_cell,
            "嘎查村": village.name if dice.chance(0.93) else village.name.removesuffix("嘎查").removesuffix("村"),
            "户编号": f"{village.county.letters}{hash_of(village.township + village.name):06d}{life.household:03d}",
            "户类型": "一般户" if kind == "ordinary" else "监测户" if monitored else "脱贫户",
            "监测对象类别": dice.pick(words.monitor) if monitored else "",
            "致险原因": dice.pick(words.risks) if monitored else "",
            "是否易地搬迁": "是" if settled else "否",
            "集中安置区": village.settlement if settled and dice.chance(0.85) else "",
            "责任人": village.keeper,
        }

    def _state(self, life: Life, words: Row) -> Row:
        """Speech, schooling, strength, health and standing to work."""
        dice, standing = self._dice, life.standing
        sick = next((each for each in life.situations if each.group == "health"), None)
        labour = (sick.labour if sick else "") or ("技能劳动力" if self._skilled(life) else "普通劳动力")
        health = sick.health if sick else "健康"
        if standing.code == "no_labour":
            health = dice.pick(("患有大病", "残疾", "长期慢性病,残疾"))
        school = dice.pick(standing.school) if standing.school else ""
        return {
            "民族": "蒙古族" if life.mongol else dice.weighted(("汉族", "汉", "满族"), (80, 15, 5)),
            "语言": self._language(life),
            "文化程度": "" if school else life.education,
            "在校生状况": school,
            "劳动技能": dice.pick(standing.labour) if standing.labour else labour,
            "健康状况": health,
            "就业状态": dice.pick(standing.status),
            "失业日期": words["lost"] if dice.chance(0.75) else "",
            "就业意愿": dice.pick(standing.willing),
            "是否公益性岗位": dice.say(dice.pick(standing.public_post), words) if standing.public_post else "否",
        }

    def _skilled(self, life: Life) -> bool:
        """True where the ledger would say 技能劳动力."""
        return bool(life.trade.certificates) and self._dice.chance(0.5)

    def _language(self, life: Life) -> str:
        """What the person speaks, as far as it was noted."""
        level = next((each.language for each in life.situations if each.language), "")
        spoken = self._blocks.words.languages_mongol
        if not life.mongol:
            return self._dice.pick(("汉语", "汉语", ""))
        return self._dice.pick(
            spoken[:3] if level == "first" else spoken[3:] if level == "both" else ("汉语", "", "蒙汉双语")
        )

    def _work(self, life: Life, words: Row) -> Row:
        """What the person can, has done and wants."""
        dice, trade, limited = self._dice, life.trade, life.limited
        away = self._leaves(life)
        wish = limited.light if limited and limited.light else trade.wishes
        care = next((each.care for each in life.situations if each.care), None) or ["无", "", ""]
        return {
            "技能特长": dice.say(dice.pick(trade.skills), words),
            "证书": dice.say(dice.pick(trade.certificates), words) if trade.certificates and dice.chance(0.75) else "",
            "工作经历": dice.say(dice.pick(trade.past), words),
            "意向工种": dice.say(dice.pick(wish), words),
            "意向地区": self._where(life, words, away=away),
            "期望月薪": self._pay(life),
            "是否愿意外出": "是" if away else "否",
            "是否需当天回家": "是" if life.tied else "" if away else dice.pick(("否", "", "是")),
            "家庭照料": dice.say(dice.pick(care), words),
            "交通方式": dice.pick(self._blocks.words.transport_village),
            "培训意愿": self._training(life, words),
        }

    def _leaves(self, life: Life) -> bool:
        """True for somebody who would work away from home."""
        if life.tied or life.standing.settled:
            return False
        share = life.trade.away * (1.5 if life.age < 40 else 1.0)
        return any(each.free for each in life.situations) or self._dice.chance(min(0.9, share))

    def _training(self, life: Life, words: Row) -> str:
        """What the person would learn."""
        wishes = life.trade.training
        if wishes and self._dice.chance(0.6):
            return self._dice.say(self._dice.pick(wishes), words)
        return self._dice.pick(("不想培训", "", "时间短的可以", "听村里安排", "愿意", ""))

    def _where(self, life: Life, words: Row, *, away: bool) -> str:
        """Where the person would work."""
        lists = self._blocks.words
        if life.tied:
            patterns = lists.near
        elif away:
            patterns = lists.far if self._dice.chance(0.65) else lists.city
        else:
            patterns = self._dice.pick((lists.near, lists.town, lists.town, lists.city))
        return self._dice.say(self._dice.pick(patterns), words)

    def _pay(self, life: Life) -> str:
        """The pay that is asked for, in the words it was asked in."""
        dice, (low, high) = self._dice, life.trade.pay
        top = min(high, low * 2)
        wish = dice.between(low // 100, (low + (top - low) * 2 // 3) // 100) * 100
        if life.tied or life.limited:
            wish = max(1800, wish * 8 // 10)
        wish = wish // 500 * 500 if wish >= 3000 else wish // 100 * 100
        units = ("month", "day") if life.trade.load >= 3 else ("month",)
        notations: list[Notation] = [each for each in self._blocks.wish_notations if each.unit in units]
        notation = dice.weighted(notations, [each.weight for each in notations])
        upper = wish + (500 if wish < 4000 else 1000)
        thousands = _DIGITS[wish // 1000] + "千" + (_DIGITS[wish % 1000 // 100] if wish % 1000 else "")
        return dice.say(
            notation.text,
            {
                "low": str(wish),
                "high": str(upper),
                "low_k": f"{wish / 1000:g}",
                "high_k": f"{upper / 1000:g}",
                "day": str(max(80, wish // 25 // 10 * 10)),
                "low_chinese": thousands.replace("二千", "两千"),
            },
        )

    def _story(self, life: Life, words: Row) -> str:
        """情况说明: what the keeper knows, in a sentence or five."""
        dice, lists = self._dice, self._blocks.words
        patterns = [dice.pick(life.standing.told)] if dice.chance(0.92) else []
        if life.standing.bare:
            return dice.say("".join(patterns), words)
        if not life.standing.settled and dice.chance(0.4 if life.standing.lost_days else 0.75):
            patterns.insert(dice.between(0, len(patterns)), dice.pick(life.trade.told))
        for situation in life.situations:
            if dice.chance(0.9):
                patterns.append(dice.pick(situation.told))
        if dice.chance(0.5):
            patterns.append(dice.pick(lists.asides))
        said = [sentence for sentence in (dice.say(pattern, words) for pattern in patterns) if sentence]
        if not said:
            return ""
        return dice.say(dice.pick(lists.openers), words) + life.village.dash.join(said) + dice.pick(("", "。", ""))

    def _identity(self, life: Life, row: Row) -> Row:
        """ID number, or sex and birth date, or nothing but what the text says; and the phone."""
        dice = self._dice
        serial = self._births.setdefault((life.birth, life.male), dice.between(10, 400))
        self._births[(life.birth, life.male)] += 1
        number = id_number(life.birth, male=life.male, serial=serial)
        sick = next((each.code for each in life.situations if each.health == "残疾"), "")
        if sick and dice.chance(0.4):
            number += _DISABILITY_CLASS.get(sick, "4") + dice.pick("34")
        known = not dice.chance(0.08)
        told = known or dice.chance(0.75)
        if not told:
            animal = self._blocks.words.animals[life.birth.year % 12]
            row["情况说明"] += f"，属{animal}的，虚岁{self._as_of.year - life.birth.year + 1}"
            row["情况说明"] = row["情况说明"].lstrip("，")
        shared = life.shares_phone_with
        self._phones.append(self._phones[shared] if shared >= 0 else phone_number(len(self._phones) + 13100))
        return {
            "身份证号": number if known else "",
            "性别": "男" if life.male else "女",
            "出生日期": life.birth.isoformat() if told and (not known or dice.chance(0.2)) else "",
            "联系电话": self._phones[-1],
            "情况说明": row["情况说明"],
        }

    def _with_gaps(self, life: Life, row: Row) -> Row:
        """Some cells left empty, more of them in a careless village and for hardly known people."""
        factor = life.village.carelessness * (3 if life.standing.bare else 1)
        kept = ("情况说明",) if "虚岁" in row["情况说明"] else ()
        for column, share in self._blocks.words.missing.items():
            if column not in kept and self._dice.chance(share * factor) and column in row:
                row[column] = ""
        return row


@lru_cache(maxsize=65536)
def hash_of(text: str) -> int:
    """A small number for `text`, the same in every process."""
    return int(sum(ord(sign) * pow(31, place, 1_000_000) for place, sign in enumerate(text)) % 1_000_000)
