"""Who lives in a made-up village: a village and chance in, lives out that make sense as a whole.

A life is a standing, a trade and a few situations that do not contradict each other; `roster` puts it into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jobs_feed.sample.blocks import Blocks, Situation, Standing, Trade
from jobs_feed.sample.dice import Dice
from jobs_feed.sample.places import Village, person_name

_GROUPS = ("care", "health", "language", "plan", "money")
_PAIRED_STANDINGS = ("jobless", "lost_job", "seasonal")


@dataclass(frozen=True, slots=True)
class Life:
    """One made-up person before anybody wrote it down."""

    village: Village
    household: int
    male: bool
    age: int
    birth: date
    mongol: bool
    name: str
    married: bool
    standing: Standing
    trade: Trade
    situations: tuple[Situation, ...]
    education: str
    shares_phone_with: int = -1

    @property
    def tied(self) -> bool:
        """True for somebody who must be home every day."""
        return any(situation.tied for situation in self.situations)

    @property
    def limited(self) -> Situation | None:
        """The situation that forbids the weight of the old trade, if one does."""
        return next((each for each in self.situations if each.load_limit < self.trade.load), None)


class Population:
    """Draws the people of one village after the other."""

    def __init__(self, blocks: Blocks, dice: Dice, as_of: date) -> None:
        """People are as old on `as_of` as their texts say."""
        self._blocks = blocks
        self._dice = dice
        self._as_of = as_of
        self._trades: dict[tuple[str, bool, int], tuple[list[Trade], list[float]]] = {}
        self._possible: dict[tuple[bool, bool, int, bool, bool, bool], list[list[Situation]]] = {}

    def live_in(self, village: Village, number: int, first: int) -> Iterator[Life]:
        """`number` people of `village`, some of them couples; `first` counts everybody before them."""
        made = 0
        household = 0
        while made < number:
            household += 1
            paired = number - made > 1 and self._dice.chance(0.07)
            life = self._life(village, household, paired=paired)
            yield life
            made += 1
            if paired and life.married:
                yield self._partner(life, first + made - 1)
                made += 1

    def _life(self, village: Village, household: int, *, paired: bool) -> Life:
        """Somebody new; in a couple only what both can live with."""
        dice = self._dice
        standings = self._blocks.standings
        if paired:
            standings = [each for each in standings if each.code in _PAIRED_STANDINGS]
        standing = dice.weighted(standings, [each.weight for each in standings])
        male = dice.chance(0.52) if not standing.sex else standing.sex == "男"
        age = dice.between(max(24, standing.ages[0]), standing.ages[1]) if paired else dice.between(*standing.ages)
        return self._person(village, household, standing, male=male, age=age, paired=paired)

    def _partner(self, life: Life, position: int) -> Life:
        """Husband or wife of `life`, in the same household, often on the same phone."""
        age = min(59, max(20, life.age + self._dice.between(-4, 4)))
        person = self._person(life.village, life.household, life.standing, male=not life.male, age=age, paired=True)
        return replace(person, married=True, shares_phone_with=position if self._dice.chance(0.7) else -1)

    def _person(
        self, village: Village, household: int, standing: Standing, *, male: bool, age: int, paired: bool
    ) -> Life:
        """Draw everything that follows from sex, age and standing."""
        dice = self._dice
        mongol = dice.chance(village.mongol)
        married = paired or dice.chance(0.0 if age < 21 else 0.25 if age < 27 else 0.85)
        trade = self._trade(standing, male=male, age=age)
        return Life(
            village=village,
            household=household,
            male=male,
            age=age,
            birth=self._birth(age),
            mongol=mongol,
            name=person_name(self._blocks, dice, male=male, age=age, mongol=mongol),
            married=married,
            standing=standing,
            trade=trade,
            situations=self._situations(standing, male=male, age=age, mongol=mongol, married=married, paired=paired),
            education=self._education(standing, trade, age),
        )

    def _birth(self, age: int) -> date:
        """A birthday on which somebody is `age` on the reference day."""
        latest = self._as_of.replace(year=self._as_of.year - age, day=min(self._as_of.day, 28))
        return latest - timedelta(days=self._dice.between(0, 360))

    def _trade(self, standing: Standing, *, male: bool, age: int) -> Trade:
        """What this person has done, by sex, age and standing."""
        key = (standing.code, male, age)
        if key not in self._trades:
            self._trades[key] = self._possible_trades(standing, male=male, age=age)
        return self._dice.weighted(*self._trades[key])

    def _possible_trades(self, standing: Standing, *, male: bool, age: int) -> tuple[list[Trade], list[float]]:
        """Trades open to somebody of this standing, sex and age, with their weights."""
        trades = [each for each in self._blocks.trades if not standing.trades or each.code in standing.trades]
        if not standing.trades:
            trades = [each for each in trades if each.ages[0] <= age <= each.ages[1]]
        if standing.away:
            trades = [each for each in trades if each.away >= 0.3]
        weights = [each.men if male else each.women for each in trades]
        return trades, weights if sum(weights) else [1.0] * len(trades)

    def _situations(
        self, standing: Standing, *, male: bool, age: int, mongol: bool, married: bool, paired: bool
    ) -> tuple[Situation, ...]:
        """At most one situation of each group, none against another."""
        key = (standing.free, male, age, mongol, married, paired)
        if key not in self._possible:
            self._possible[key] = self._possible_situations(*key)
        codes = {standing.code, "married" if married else "single"}
        chosen: list[Situation] = []
        for options in self._possible[key]:
            tied = any(each.tied for each in chosen)
            fitting = [each for each in options if not (each.free and tied) and codes.isdisjoint(each.excludes)]
            if fitting:
                pick = self._dice.weighted(fitting, [each.weight for each in fitting])
                chosen.append(pick)
                codes.add(pick.code)
        return tuple(chosen)

    def _possible_situations(
        self, free: bool, male: bool, age: int, mongol: bool, married: bool, paired: bool
    ) -> list[list[Situation]]:
        """The situations of each group that such a person could be in."""
        sex = "男" if male else "女"
        fitting = [
            each
            for each in self._blocks.situations
            if each.sex in ("", sex)
            and each.ages[0] <= age <= each.ages[1]
            and (mongol or not each.mongol)
            and (married or not each.family)
            and not (paired and each.family and each.group != "plan")
            and not (free and (each.tied or each.free))
        ]
        return [[each for each in fitting if each.group == group] for group in _GROUPS]

    def _education(self, standing: Standing, trade: Trade, age: int) -> str:
        """Schooling that fits the trade and the years in which one went to school."""
        dice = self._dice
        level = dice.pick(standing.schooling or trade.schooling)
        if age < 18 and not standing.school:
            return level if level in ("小学", "初中") else "初中"
        if age < 21 and level in ("大专", "本科及以上"):
            return "高中"
        if age < 38 and level == "小学" and dice.chance(0.8):
            return "初中"
        if age >= 48 and level == "高中" and dice.chance(0.5):
            return "初中"
        if age >= 52 and level == "小学" and dice.chance(0.25):
            return "文盲或半文盲"
        return level
