"""Distances between homes and places of work.

In: places as understood. Out: a table of straight kilometres, how exact each is, and whether both ends lie in
one township or one county. Places without township coordinates stand at their county's seat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.domain.division import Place, Precision
from matcher.policy import PolicyAt

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True, eq=False)
class PlaceTable:
    """Tables of shape (homes, workplaces); `km` is NaN where either end is unknown."""

    homes: tuple[Place, ...]
    workplaces: tuple[Place, ...]
    km: npt.NDArray[np.float32]
    exact: npt.NDArray[np.bool_]
    same_county: npt.NDArray[np.bool_]
    same_township: npt.NDArray[np.bool_]
    other_township: npt.NDArray[np.bool_]
    """One county, and two townships that are both known."""
    guessed_near: npt.NDArray[np.bool_]
    """The same township or two subdistricts of one town, with kilometres that are only assumed."""


def place_key(place: Place) -> tuple[str, float | None, float | None]:
    """What makes two places one for distances."""
    return (place.code, place.lat, place.lon)


def _degrees(places: Sequence[Place]) -> npt.NDArray[np.float64]:
    """Latitude and longitude in radians, shape (places, 2), NaN where unknown."""
    missing = float("nan")
    rows = [(p.lat if p.lat is not None else missing, p.lon if p.lon is not None else missing) for p in places]
    return np.radians(np.array(rows, dtype=np.float64).reshape(len(places), 2))


def great_circle_km(homes: Sequence[Place], workplaces: Sequence[Place]) -> npt.NDArray[np.float32]:
    """Straight kilometres, shape (homes, workplaces)."""
    a, b = _degrees(homes)[:, None, :], _degrees(workplaces)[None, :, :]
    half = np.sin((b - a) / 2) ** 2
    inner = half[..., 0] + np.cos(a[..., 0]) * np.cos(b[..., 0]) * half[..., 1]
    km: npt.NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(inner, 0, 1)))
    return km.astype(np.float32)


def _same(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether two codes are the same and known, shape (left, right)."""
    a, b = np.array(left, dtype=object)[:, None], np.array(right, dtype=object)[None, :]
    return np.asarray((a == b) & (a != ""), dtype=np.bool_)


def _of_town(places: Sequence[Place]) -> npt.NDArray[np.bool_]:
    """Which places lie in a subdistrict (街道, numbered below 100 in its county); those of one county are one town."""
    return np.array([bool(place.township) and place.township[6:9] < "100" for place in places], dtype=np.bool_)


def build_places(homes: Sequence[Place], workplaces: Sequence[Place], policy: PolicyAt) -> PlaceTable:
    """The table of all homes by all workplaces."""
    km = great_circle_km(homes, workplaces)
    fine = {Precision.POINT, Precision.TOWNSHIP}
    exact = (
        np.array([p.precision in fine for p in homes], dtype=np.bool_)[:, None]
        & np.array([p.precision in fine for p in workplaces], dtype=np.bool_)[None, :]
    )
    county = _same([p.county for p in homes], [p.county for p in workplaces])
    township = _same([p.township for p in homes], [p.township for p in workplaces])
    town = county & _of_town(homes)[:, None] & _of_town(workplaces)[None, :]
    guessed = county & ~exact
    near = (township | town) & ~exact
    km = np.where(guessed, np.float32(policy.number("commute.same_county_km")), km)
    km = np.where(near, np.float32(policy.number("commute.same_township_km")), km)
    near_known = np.array([bool(p.township) for p in homes], dtype=np.bool_)
    far_known = np.array([bool(p.township) for p in workplaces], dtype=np.bool_)
    return PlaceTable(
        homes=tuple(homes),
        workplaces=tuple(workplaces),
        km=km,
        exact=exact | township | town,
        same_county=county,
        same_township=township,
        other_township=county & near_known[:, None] & far_known[None, :] & ~township,
        guessed_near=near,
    )
