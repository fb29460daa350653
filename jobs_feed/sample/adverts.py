"""What made-up employers type: advert blocks and villages in, rows of the postings' template out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from jobs_feed.sample.blocks import Advert, Blocks, County
from jobs_feed.sample.dice import Dice
from jobs_feed.sample.identity import company_code, phone_number
from jobs_feed.sample.places import Village, short_township, townships
from jobs_feed.sample.roster import Row, hash_of


class Market:
    """Writes adverts for the banners that the sample's villages lie in, for the city and for Beijing."""

    def __init__(self, blocks: Blocks, dice: Dice, villages: list[Village], as_of: date) -> None:
        """Adverts are mostly open on `as_of`."""
        self._blocks = blocks
        self._dice = dice
        self._as_of = as_of
        self._towns = townships()
        self._settlements = sorted({(each.county.code, each.township, each.settlement) for each in villages})
        codes = {each.county.code for each in villages} if len(villages) > 1 else {villages[0].county.code}
        self._counties = [each for each in blocks.counties if each.code in codes]
        self._home = villages[0] if len(villages) == 1 else None

    def rows(self, number: int) -> Iterator[Row]:
        """`number` adverts; every kind of advert once in turn before chance decides alone."""
        adverts = [each for each in self._blocks.adverts if self._possible(each)]
        for count in range(number):
            if count < len(adverts) and number >= 2 * len(adverts):
                advert = adverts[count]
            else:
                advert = self._dice.weighted(adverts, [each.weight for each in adverts])
            yield self._row(advert, count + 1)

    def _possible(self, advert: Advert) -> bool:
        """True where the advert can stand in one of the sample's banners."""
        return not advert.counties or any(each.code in advert.counties for each in self._counties)

    def _row(self, advert: Advert, count: int) -> Row:
        """One advert as an office would receive it."""
        dice = self._dice
        county = self._county(advert)
        words = self._words(advert, county)
        employer = dice.say(dice.pick(advert.employers), words)
        title = dice.say(dice.pick(advert.titles), words)
        low, high = self._band(advert)
        age = {"low": str(advert.ages[0]), "high": str(advert.ages[1])}
        aged = dice.weighted(("field", "text", "none"), (55, 25, 20))
        row = {
            "编号": f"GW{count:05d}",
            "岗位名称": title,
            "用人单位": employer,
            "统一社会信用代码": company_code(hash_of(employer) * 17 + 1000) if dice.chance(0.35) else "",
            "岗位类别": "" if advert.kind == "市场岗位" and dice.chance(0.1) else advert.kind,
            "工作地点": self._place(advert, words),
            "招聘人数": self._openings(advert),
            "薪资待遇": self._wage(advert, low, high),
            "学历要求": dice.pick(advert.education),
            "年龄要求": dice.say(dice.pick(self._blocks.words.age_fields), age)
            if aged == "field"
            else dice.pick(("", "不限")),
            "性别要求": dice.pick(advert.sex),
            "证书要求": dice.say(dice.pick(advert.certificate), words),
            "经验要求": dice.pick(advert.experience),
            "工作时间": dice.say(dice.pick(advert.hours), words),
            "食宿": dice.pick(advert.board),
            "社会保险": dice.pick(advert.insurance),
            "劳动强度": dice.pick(advert.load),
            "岗位描述": self._description(advert, title, words, age if aged == "text" else None),
            "联系人": dice.say(dice.pick(self._blocks.words.contacts), words),
            "联系电话": phone_number(50_000_000 + hash_of(employer)) if dice.chance(0.94) else "",
            "来源": dice.say(dice.pick(self._blocks.words.sources), words),
        }
        return row | self._dates(advert)

    def _county(self, advert: Advert) -> County:
        """The banner an advert is for; Beijing and the city advertise to every banner."""
        options = [each for each in self._counties if not advert.counties or each.code in advert.counties]
        return self._dice.weighted(options, [each.postings for each in options])

    def _words(self, advert: Advert, county: County) -> Row:
        """The words that the texts of one advert may use."""
        dice, lists = self._dice, self._blocks.words
        town = self._town(advert, county)
        settlements = [each for each in self._settlements if each[0] == county.code]
        settled = dice.pick(settlements) if settlements else ("", town, f"{short_township(town)}安置点（示例）")
        return {
            "county": county.names[0],
            "short": dice.pick(county.names),
            "banner": county.firm,
            "town_full": settled[1] if advert.area == "settlement" else town,
            "town": short_township(town),
            "seat": county.firm if county.seat == "市区" else short_township(county.seat),
            "seat_full": county.seat,
            "settlement": settled[2],
            "district": dice.pick(lists.beijing),
            "brand": dice.pick(lists.brands),
            "street": dice.say(dice.pick(lists.streets), {}),
            "title": dice.pick(lists.titles),
        }

    def _town(self, advert: Advert, county: County) -> str:
        """A township for rural adverts, the seat for the rest; some townships never get one."""
        if advert.area != "rural":
            return county.seat
        if self._home is not None and self._dice.chance(0.6):
            return self._home.township
        names = [name for name in self._towns[county.code] if not name.endswith("街道")] or [county.seat]
        served = [name for name in names if hash_of(name) % 7 != 3] or names
        return self._dice.pick(served)

    def _place(self, advert: Advert, words: Row) -> str:
        """工作地点 as typed: long, short or with a street."""
        patterns = self._blocks.words.places[advert.area]
        return self._dice.say(self._dice.pick(patterns), words)

    def _band(self, advert: Advert) -> tuple[int, int]:
        """Pay from–to of this advert inside the band of its kind."""
        low, high = advert.pay
        step = 100 if advert.unit in ("month", "piece", "order") else 10 if advert.unit == "day" else 1
        start = self._dice.between(low // step, (low + (high - low) // 2) // step) * step
        stop = self._dice.between(start // step + 1, max(start // step + 1, high // step)) * step
        return start, stop

    def _wage(self, advert: Advert, low: int, high: int) -> str:
        """薪资待遇 in one of the notations of its unit."""
        notations = [each for each in self._blocks.wage_notations if each.unit == advert.unit]
        notation = self._dice.weighted(notations, [each.weight for each in notations])
        return self._dice.say(
            notation.text,
            {
                "low": str(low),
                "high": str(high),
                "low_k": f"{low / 1000:g}",
                "high_k": f"{high / 1000:g}",
                "base": str(max(2000, low * 7 // 1000 * 100)),
                "year_low": f"{low * 12 / 10000:.1f}".removesuffix(".0"),
                "year_high": f"{high * 12 / 10000:.1f}".removesuffix(".0"),
            },
        )

    def _openings(self, advert: Advert) -> str:
        """招聘人数, now and then in words."""
        number = self._dice.between(*advert.openings)
        return self._dice.weighted((str(number), f"{number}人", f"{number}名", "若干", ""), (70, 16, 6, 5, 3))

    def _description(self, advert: Advert, title: str, words: Row, age: Row | None) -> str:
        """岗位描述: what the work is, with the things employers add and a few they should not."""
        dice, lists = self._dice, self._blocks.words
        patterns = [dice.pick(fitting_texts(advert, title))]
        extras = lists.posting_extras if advert.area == "beijing" else lists.posting_extras + lists.local_extras
        patterns += [dice.pick(extras) for _ in range(dice.between(0, 2))]
        if advert.area == "beijing" and dice.chance(0.7):
            patterns.append(dice.pick(lists.beijing_ties))
        said = [dice.say(pattern, words) for pattern in dict.fromkeys(patterns)]
        if age:
            said.insert(dice.between(0, len(said)), dice.say(dice.pick(lists.age_texts), age))
        if advert.kind == "市场岗位":
            if dice.chance(0.012):
                said.append(dice.say(dice.pick(lists.lures), words))
            if dice.chance(0.012):
                said.append(dice.say(dice.pick(lists.unlawful), words))
            if dice.chance(0.03):
                said.append(self._second_job(advert, words))
        return dice.pick(("。", "；", "，")).join(said) + dice.pick(("。", "", ""))

    def _second_job(self, advert: Advert, words: Row) -> str:
        """Another job named in the same advert."""
        others = [each for each in self._blocks.adverts if each.area == advert.area and each.code != advert.code]
        other = self._dice.pick(others) if others else advert
        return f"另招{self._dice.say(self._dice.pick(other.titles), words)}{self._dice.between(1, 3)}名"

    def _dates(self, advert: Advert) -> Row:
        """Published, open until, checked by whom and when."""
        dice, as_of = self._dice, self._as_of
        expired = dice.chance(0.05)
        published = as_of - timedelta(days=dice.between(30, 70) if expired else dice.between(0, 25))
        ends = as_of - timedelta(days=dice.between(1, 25)) if expired else as_of + timedelta(days=dice.between(5, 60))
        checked = min(as_of, published + timedelta(days=dice.between(0, 6)))
        verified = dice.chance(0.7)
        spoken = dice.weighted(("", "招满为止", "长期有效"), (4, 2, 1)) if not expired and dice.chance(0.07) else None
        return {
            "发布日期": self._day(published),
            "截止日期": self._day(ends) if spoken is None else spoken,
            "核实人": dice.say("示例核实员[甲|乙|丙|丁]", {}) if verified else "",
            "核实日期": checked.isoformat() if verified else "",
        }

    def _day(self, day: date) -> str:
        """A date in the ways offices type it."""
        styles = (day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y.%m.%d}")
        return self._dice.weighted(styles, (80, 8, 7, 5))


def fitting_texts(advert: Advert, title: str) -> list[str]:
    """Texts of the advert that may stand under `title`: all, but `a,b>text` only where a or b is in the title."""
    texts = []
    for text in advert.text:
        only, bar, rest = text.partition(">")
        if not bar:
            texts.append(text)
        elif any(word in title for word in only.split(",")):
            texts.append(rest)
    return texts
