"""Training classes near the made-up villages: course blocks in, rows of the training template out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from jobs_feed.sample.blocks import Blocks, Course
from jobs_feed.sample.dice import Dice
from jobs_feed.sample.identity import phone_number
from jobs_feed.sample.places import Village
from jobs_feed.sample.roster import Row, hash_of

SUBSIDY = "按当地现行目录（办公室填写）"


class School:
    """Writes classes, some in a village, most at the seats."""

    def __init__(self, blocks: Blocks, dice: Dice, villages: list[Village], as_of: date) -> None:
        """Classes begin from a few days after `as_of` on."""
        self._blocks = blocks
        self._dice = dice
        self._villages = villages
        self._as_of = as_of

    def rows(self, number: int) -> Iterator[Row]:
        """`number` classes; every course once in turn before chance decides alone."""
        codes = {village.county.code for village in self._villages}
        courses = [each for each in self._blocks.courses if not each.counties or codes.intersection(each.counties)]
        for count in range(number):
            if count < len(courses) and number >= len(courses):
                course = courses[count]
            else:
                course = self._dice.weighted(courses, [each.weight for each in courses])
            yield self._row(course, count + 1)

    def _row(self, course: Course, count: int) -> Row:
        """One class with its dates, seats and conditions."""
        dice, lists = self._dice, self._blocks.words
        village = dice.pick(self._villages)
        words = {
            "banner": village.county.firm,
            "short": dice.pick(village.county.names),
            "county": village.county.names[0],
            "seat": village.county.seat,
            "town": village.township,
            "village": village.name,
            "brand": dice.pick(lists.brands),
        }
        mode = dice.pick(course.modes)
        provider = dice.say(dice.pick(lists.providers), words)
        places = [each for each in lists.class_places if "{town}" in each] if mode == "入村" else lists.class_places
        return {
            "编号": f"PX{count:04d}",
            "培训项目": dice.say(dice.pick(course.titles), words),
            "职业工种": course.occupation,
            "等级": dice.pick(course.levels),
            "培训机构": provider,
            "培训地点": "线上（手机学习）" if mode == "网上" else dice.say(dice.pick(places), words),
            "名额": dice.weighted((str(dice.between(3, 10) * 5), "0", "名额已满"), (94, 3, 3)),
            "授课方式": mode,
            "授课语言": dice.pick(course.languages),
            "年龄要求": dice.pick(course.ages),
            "学历要求": dice.pick(course.education),
            "健康要求": dice.pick(course.health),
            "发放证书": dice.say(dice.pick(course.certificate), words),
            "补贴标准": SUBSIDY,
            "食宿": "" if mode in ("入村", "网上") else dice.say(dice.pick(lists.board), words),
            "联系电话": phone_number(70_000_000 + hash_of(provider)),
        } | self._dates(dice.pick(course.hours), mode)

    def _dates(self, hours: int, mode: str) -> Row:
        """When a class of `hours` begins and ends, and until when one may sign up."""
        dice = self._dice
        begins = self._as_of + timedelta(days=dice.between(3, 60) if dice.chance(0.92) else dice.between(61, 120))
        a_day = 8 if mode in ("脱产", "入村") else 4 if mode == "半天" else 3
        ends = begins + timedelta(days=max(1, hours // a_day))
        until = max(self._as_of, begins - timedelta(days=dice.between(1, 7)))
        return {
            "开班日期": begins.isoformat(),
            "结束日期": ends.isoformat() if dice.chance(0.95) else "",
            "课时": str(hours) if dice.chance(0.7) else f"{hours}课时",
            "报名截止": until.isoformat() if dice.chance(0.9) else "",
        }
