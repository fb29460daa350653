"""Understands what people write for a place.

In: the division tables of this package and any text, name, abbreviation or code. Out: a `Place`,
or the unknown place where the text may mean two of them: this reader never guesses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from matcher.domain.division import Place, Precision, division_prefix
from matcher.reference.place_names import Guards, Hit, NameIndex, Surety, is_letter, name_index
from matcher.reference.tables import read_table

_LISTING = frozenset("、,，;；/／|和或及与跟 \t\n")
_JOINING = frozenset("-－—·• \t")
_CODE_LENGTHS = (6, 9, 12)
_Candidates = dict[str, tuple[int, bool]]
_LOCAL_WORD = (Surety.ALIAS, True)


@dataclass(frozen=True, slots=True)
class Division:
    """One division as it stands in the tables."""

    code: str
    name: str
    level: str
    name_en: str
    lat: float | None
    lon: float | None


@dataclass(slots=True)
class _Chain:
    """Names that belong together, from the larger to the smaller division, and what they may mean."""

    start: int
    end: int
    candidates: _Candidates
    outer: str = ""


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """All divisions with their names and codes; built once by `load_gazetteer`."""

    divisions: dict[str, Division]
    former: dict[str, str]
    statistical: dict[str, str]
    names: NameIndex
    home: str

    def resolve(self, text: str, *, within: str = "") -> Place:
        """The place a text names; a name of several places counts only inside `within`."""
        return _resolved(self, text, within)

    def resolve_parts(self, county: str, township: str, village: str = "") -> Place:
        """The place of a roster's three columns; where they contradict each other, the county."""
        text = "".join(part.strip() for part in (county, township, village))
        first = self.resolve(county, within=self.home)
        second = self.resolve(township, within=first.code or self.home)
        found = self._joined(first, second)
        third = self.resolve(village) if village.strip().isdigit() else Place()
        if third.known and self._holds(found.code, third.code):
            found = third
        return replace(found, text=text)

    def mentions(self, text: str) -> list[tuple[int, int, Place]]:
        """Every division named in free text with where it stands: (start, end, place)."""
        found: list[tuple[int, int, Place]] = []
        for chain in self._free_chains(text):
            code = self._settle(chain.candidates, found[-1][2].code if found else "")
            if code:
                found.append((chain.start, chain.end, self._place(code, text[chain.start : chain.end])))
        return found

    def place(self, code: str) -> Place:
        """The place of a code, with the coordinates of the smallest division that has any."""
        known = self._known(code)
        return self._place(known, self.name(known)) if known else Place(text=code)

    def name(self, code: str, lang: str = "zh") -> str:
        """A short name that says which one: 奈曼旗大沁他拉镇, 北京市朝阳区; "" for an unknown code."""
        division = self.divisions.get(self._known(code)[:9])
        if division is None:
            return ""
        outer = self._outer_name(division)
        if lang != "zh":
            return f"{division.name_en}, {outer.name_en}" if outer else division.name_en
        return f"{outer.name}{division.name}" if outer else division.name

    def children(self, code: str) -> list[str]:
        """Codes of the divisions directly below one."""
        return [other for other in self.divisions if other != code and self._parent(other) == code]

    def counties_of(self, prefix: str) -> list[str]:
        """Codes of all counties in a division; an empty prefix means all of China."""
        start = division_prefix(prefix)
        return [code for code, one in self.divisions.items() if one.level == "county" and code.startswith(start)]

    def _understand(self, text: str, within: str) -> Place:
        """The place of a text, without the cache."""
        plain = unicodedata.normalize("NFKC", text).strip()
        coded = plain.isascii() and plain.isdigit()
        code = self._read_code(plain) if coded else self._meant(plain, within)
        return self._place(code, text) if code else Place(text=text)

    def _meant(self, text: str, within: str) -> str:
        """The code an address means, "" where it is none or may be several."""
        chain: _Chain | None = None
        for hit in self.names.scan(text):
            if chain is None:
                chain = _started(hit)
                continue
            narrowed = self._narrowed(chain.candidates, hit)
            if narrowed:
                chain.outer = self._settle(chain.candidates, within) or chain.outer
                chain.candidates, chain.end = narrowed, hit.end
            elif _contradicts(text, chain.end, hit):
                other = self._settle(_started(hit).candidates, within)
                return self._common(self._settle(chain.candidates, within), other)
        return (self._settle(chain.candidates, within) or chain.outer) if chain else ""

    def _free_chains(self, text: str) -> Iterable[_Chain]:
        """Chains of names in free text, where ordinary words count only behind their division."""
        chain: _Chain | None = None
        for hit in self.names.scan(text, free=True):
            near = chain and set(text[chain.end : hit.start]) <= _JOINING
            narrowed = self._smaller(chain.candidates, hit) if chain and near else {}
            if chain and narrowed:
                chain.candidates, chain.end = narrowed, hit.end
                continue
            if chain:
                yield chain
            plain = tuple(sense for sense in hit.senses if not sense.wordy)
            chain = _started(replace(hit, senses=plain)) if plain else None
        if chain:
            yield chain

    def _narrowed(self, candidates: _Candidates, hit: Hit) -> _Candidates:
        """What a chain means with one more name: the smaller division, confirmed by the larger one."""
        return self._smaller(candidates, hit) or {
            code: (surety, False)
            for code, (surety, _) in candidates.items()
            if any(code.startswith(sense.prefix) for sense in hit.senses)
        }

    def _smaller(self, candidates: _Candidates, hit: Hit) -> _Candidates:
        """The senses of a name that lie in what the chain means so far."""
        below: _Candidates = {}
        for sense in sorted(hit.senses, key=lambda sense: sense.surety):
            if any(self._holds(code, sense.code) for code in candidates):
                below.setdefault(sense.code, (sense.surety, False))
        return below

    def _settle(self, candidates: _Candidates, within: str) -> str:
        """The one code meant: inside `within` first, else the surest of those that stand alone."""
        for step, scope in enumerate(_scopes(within)):
            inside = {code: rank for code, rank in candidates.items() if code.startswith(scope)}
            if step:  # every banner has its own “开发区”: such a word is not looked for next door
                inside = {code: rank for code, rank in inside.items() if rank != _LOCAL_WORD}
            if inside:
                return self._surest(inside)
        return self._surest({code: rank for code, rank in candidates.items() if not rank[1]})

    def _surest(self, candidates: _Candidates) -> str:
        """The surest candidate, or the one that holds all that are equally sure; "" for a tie."""
        if not candidates:
            return ""
        best = min(surety for surety, _ in candidates.values())
        equal = [code for code, (surety, _) in candidates.items() if surety == best]
        if len(equal) == 1:
            return equal[0]
        for code in equal:
            if all(self._holds(code, other) for other in equal):
                return code
        return ""

    def _holds(self, outer: str, inner: str) -> bool:
        """Whether one known division is or holds another."""
        return not outer or inner.startswith(division_prefix(outer))

    def _common(self, one: str, other: str) -> str:
        """The smallest division that holds both, "" where none does."""
        for length in (6, 4, 2):
            if one and one[:length] == other[:length]:
                return self._known(one[:length].ljust(6, "0"))
        return ""

    def _joined(self, county: Place, township: Place) -> Place:
        """County and township as one place: the smaller where they agree, else the county."""
        if not township.known or not county.known:
            return county if county.known else township
        if self._holds(county.code, township.code):
            return township
        if self._holds(township.code, county.code):
            return county
        return self.place(county.county or county.code)

    def _read_code(self, digits: str) -> str:
        """A code as delivered; only its county where ministry and statistics number two townships so."""
        if len(digits) not in _CODE_LENGTHS:
            return ""
        number = digits[:9]
        disputed = number in self.divisions and self.statistical.get(number, number) != number
        return self._known(digits[:6] if disputed else digits)

    def _known(self, code: str) -> str:
        """The code in today's numbering as far as it is known; twelve digits stay where the township is."""
        number = code[:9] if len(code) in (9, 12) else ""
        township = number if number in self.divisions else self.statistical.get(number, "")
        if township:
            village = len(code) == 12 and township == code[:9] and code[9:] != "000"
            return code if village else township
        county = code[:6]
        county = self.former.get(county, county) if county not in self.divisions else county
        if county in self.divisions:
            return county
        return f"{county[:2]}0000" if county[2:] in ("0100", "0200") and f"{county[:2]}0000" in self.divisions else ""

    def _place(self, code: str, text: str) -> Place:
        """A known code as a place."""
        name = self.name(code)
        seat = code[:9] if code[:9] in self.divisions else code[:6]
        while seat:
            one = self.divisions[seat]
            if one.lat is not None and one.lon is not None:
                return Place(text, code, name, one.lat, one.lon, _PRECISION[one.level])
            seat = self._parent(seat) if one.level != "prefecture" else ""
        return Place(text, code, name)

    def _parent(self, code: str) -> str:
        """The code one level up, "" for a province."""
        if len(code) > 6:
            return code[:6]
        steps = [f"{code[:4]}00", f"{code[:2]}0000"]
        return next((outer for outer in steps if outer != code and outer in self.divisions), "")

    def _outer_name(self, division: Division) -> Division | None:
        """The division that has to be named before this one to say which it is."""
        if division.level == "township":
            return self.divisions[division.code[:6]]
        if division.level != "county" or division.code.startswith(division_prefix(self.home)):
            return None
        same = self.names.senses.get(division.name, ())
        shared = sum(sense.surety is Surety.FULL for sense in same) > 1
        if not shared and not division.name.endswith("区"):
            return None
        return self.divisions.get(self._parent(division.code))


_PRECISION = {
    "township": Precision.TOWNSHIP,
    "county": Precision.COUNTY,
    "prefecture": Precision.PREFECTURE,
    "province": Precision.PREFECTURE,
}


def _started(hit: Hit) -> _Chain:
    """A chain of one name."""
    candidates: _Candidates = {}
    for sense in sorted(hit.senses, key=lambda sense: (sense.bound, sense.surety)):
        candidates.setdefault(sense.code, (sense.surety, sense.bound))
    return _Chain(hit.start, hit.end, candidates)


def _contradicts(text: str, end: int, hit: Hit) -> bool:
    """Whether a second name stands beside the first as another place, not inside a road or company name."""
    gap = text[end : hit.start]
    if not all(char in _LISTING or not is_letter(char) for char in gap):
        return False
    sure = any(sense.surety <= Surety.PREFECTURE and not sense.bound for sense in hit.senses)
    return hit.full or (bool(gap) and sure)


def _scopes(within: str) -> list[str]:
    """Prefixes to look in, the narrowest first, never wider than the prefecture."""
    prefix = division_prefix(within)
    return [prefix[:length] for length in (9, 6, 4) if len(prefix) >= length] or ([prefix] if prefix else [])


@lru_cache(maxsize=65_536)
def _resolved(gazetteer: Gazetteer, text: str, within: str) -> Place:
    """The place of a text, remembered: the same few thousand texts come back all the time."""
    return gazetteer._understand(text, within)


def _division(row: dict[str, str], level: str) -> Division:
    """One table row as a division."""
    lat, lon = (float(row[key]) if row[key] else None for key in ("lat", "lon"))
    return Division(row["code"], row["name"], level, row["name_en"], lat, lon)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of this package's tables, built once."""
    counties, townships = read_table("divisions"), read_table("townships_tongliao")
    former, aliases = read_table("divisions_former"), read_table("division_aliases")
    known = [_division(row, row["level"]) for row in counties] + [_division(row, "township") for row in townships]
    return Gazetteer(
        divisions={one.code: one for one in known},
        former={row["code"]: row["now"] for row in former},
        statistical={row["stat_code"]: row["code"] for row in townships if row["stat_code"]},
        names=name_index(
            divisions=counties,
            townships=townships,
            former=former,
            aliases=aliases,
            guards=Guards.of(read_table("division_guards")),
        ),
        home=f"{townships[0]['county'][:4]}00",
    )
