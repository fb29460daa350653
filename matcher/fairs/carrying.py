"""A whole fair in one file, to a laptop without a network and back.

In: a fair and a passphrase; or such a file. Out: the file, sealed with a key made of the passphrase, holding what the
fair needs and no identity number; or the fair here, brought together with what the file says. Twice is once.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import Booth, BoothResult, BusStop, Fair, OtherSide, Room, Visitor
from matcher.domain.posting import Posting, PostingState
from matcher.office import Office
from matcher.store import UnitOfWork

MAGIC = b"JOB131FAIR1\n"
ENDING = ".fair"
LEAST_PASSPHRASE = 8
"""Characters: the file lies on a stick, whoever finds it may guess as long as he likes."""
MOST_BYTES = 64 << 20
_SALT, _NONCE, _COST = 16, 12, 1 << 15

Ref = tuple[str, str]
"""Sender and reference of a posting: the same in every office."""


@dataclass(frozen=True, slots=True)
class CarriedPosting:
    """A posting as it was advertised; `cleared` = staff looked at it and let it through."""

    posting: Posting
    state: PostingState
    cleared: bool


@dataclass(frozen=True, slots=True)
class CarriedBooth:
    """A booth with its postings."""

    booth: Booth
    postings: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class CarriedVisitor:
    """A person of the fair; the stops of the way name their posting by reference."""

    visitor: Visitor
    stops: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class CarriedResult:
    """One result, by names that are the same everywhere."""

    visitor: str
    booth: str
    posting: Ref
    result: BoothResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A whole fair."""

    made_at: datetime
    fair: Fair
    postings: tuple[CarriedPosting, ...]
    booths: tuple[CarriedBooth, ...]
    visitors: tuple[CarriedVisitor, ...]
    results: tuple[CarriedResult, ...]
    stops: tuple[BusStop, ...] = ()
    pins: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What a file brought: the fair, whether it is new here, how much was new, changed, and noted on both sides."""

    fair_key: int
    created: bool
    added: int
    changed: int
    both: int


_CARRIED = msgspec.json.Decoder(Carried)


def export_fair(office: Office, fair: Fair, passphrase: str, *, actor: str) -> bytes:
    """The fair as a file; that it left is noted."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise InputRefused(f"口令至少 {LEAST_PASSPHRASE} 个字符；没有导出")
    with office.unit(actor) as unit:
        carried = _gather(unit, fair, office.clock())
        unit.audit.note("fair_exported", subject=f"fair:{fair.key}", fields=str(len(carried.visitors)))
    return _sealed(zlib.compress(msgspec.json.encode(carried)), passphrase)


def _sealed(plain: bytes, passphrase: str) -> bytes:
    """Bytes under a key made of a passphrase."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    head = MAGIC + salt + nonce
    return head + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, head)


def _key(passphrase: str, salt: bytes) -> bytes:
    """The key of a passphrase; slow on purpose."""
    return Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode())


def open_file(content: bytes, passphrase: str) -> Carried:
    """What a file holds; InputRefused where it is no such file, damaged, or the passphrase another one."""
    start = len(MAGIC) + _SALT + _NONCE
    if not content.startswith(MAGIC) or len(content) <= start:
        raise InputRefused("这不是招聘会文件（应由“导出招聘会”得到）；没有读入")
    if len(content) > MOST_BYTES:
        raise InputRefused("这个招聘会文件太大；没有读入")
    head, salt, nonce = content[:start], content[len(MAGIC) : len(MAGIC) + _SALT], content[start - _NONCE : start]
    try:
        plain = AESGCM(_key(passphrase, salt)).decrypt(nonce, content[start:], head)
    except InvalidTag as wrong:
        raise InputRefused("口令不对，或文件已损坏；没有读入任何内容") from wrong
    return unpack(plain)


def unpack(plain: bytes) -> Carried:
    """What stands in an opened file; InputRefused where it is of another version or nothing of ours."""
    try:
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(plain, MOST_BYTES)
        if unpacking.unconsumed_tail:
            raise InputRefused("这个招聘会文件太大；没有读入")
        return _CARRIED.decode(body)
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as strange:
        raise InputRefused("这个招聘会文件是别的版本做的；两台电脑装同一个版本再试，没有读入") from strange


def _gather(unit: UnitOfWork, fair: Fair, now: datetime) -> Carried:
    """Everything of a fair by names that are the same everywhere; whose ledger a person stands in stays here."""
    booths, placed = unit.fairs.booths.of(fair.key), unit.fairs.booths.postings(fair.key)
    visitors, results = unit.fairs.visitors.of(fair.key), unit.fairs.results.of(fair.key)
    wanted = {one.posting_key for one in placed} | {stop.posting_key for one in visitors for stop in one.facts.route}
    stored = unit.postings.many(sorted(wanted))
    ref_of = {key: (one.value.sender, one.value.ref) for key, one in stored.items()}
    booth_of = {one.key: one for one in booths}
    visitor_uid = {one.key: one.uid for one in visitors}
    at = {one.key: one for one in placed}
    return Carried(
        made_at=now,
        fair=replace(fair, key=0),
        postings=tuple(CarriedPosting(one.value, one.state, one.cleared) for one in stored.values()),
        booths=tuple(
            CarriedBooth(
                replace(booth, key=0), tuple(ref_of[one.posting_key] for one in placed if one.booth_key == booth.key)
            )
            for booth in booths
        ),
        visitors=tuple(_carried(one, ref_of) for one in visitors),
        results=tuple(
            CarriedResult(
                visitor_uid[one.visitor_key],
                booth_of[at[one.booth_posting_key].booth_key].uid,
                ref_of[at[one.booth_posting_key].posting_key],
                replace(one, key=0, visitor_key=0, booth_posting_key=0, fed=""),
            )
            for one in results
        ),
        stops=tuple(unit.fairs.stops(fair.key)),
        pins=tuple((room.value, *unit.fairs.pin(fair.key, room)) for room in Room),
    )


def _carried(visitor: Visitor, ref_of: dict[int, Ref]) -> CarriedVisitor:
    """One person, without a link to any ledger."""
    kept = tuple(stop for stop in visitor.facts.route if stop.posting_key in ref_of)
    bare = tuple(replace(stop, posting_key=0) for stop in kept)
    plain = replace(visitor, key=0, worker_key=None, facts=replace(visitor.facts, route=bare))
    return CarriedVisitor(plain, tuple(ref_of[stop.posting_key] for stop in kept))


def other_side(result: BoothResult) -> OtherSide:
    """A result as the other side of one that stands."""
    return OtherSide(result.result, result.reason, result.at, result.by, result.note)
