"""What is passed on to others: which postings changed since when, who agreed to what, who is paired with whom.

In: decisions of employers and of the office. Out: those in force, and postings in the order of their changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, RowMapping, and_, delete, func, insert, or_, select, update

from matcher.domain.incoming.sharing import ContactConsent, Pairing, code_key, name_key, posting_key
from matcher.domain.posting import PostingState
from matcher.domain.settings import SettingName
from matcher.store.context import StoreContext, chunks, within
from matcher.store.postings import ChangedPosting, Postings
from matcher.store.schema import CONTACT_CONSENT, PAIRING, POSTING, POSTING_GONE, RECEIVED_FROM, SETTING

_PIECE = 500
"""Postings held at once."""


class _Employer(msgspec.Struct):
    """What of a stored posting tells whose it is."""

    employer: str
    ref: str
    sender: str = "local"
    uscc: str = ""


_EMPLOYER = msgspec.json.Decoder(_Employer)


@dataclass(frozen=True, slots=True)
class GonePosting:
    """What remains of a deleted posting."""

    sender: str
    ref: str
    first_change: int


def tell_again(connection: Connection, keys: Sequence[int]) -> None:
    """Counts as a change of postings what stands in other tables and makes others see them, or no longer."""
    for part in chunks(keys):
        connection.execute(update(POSTING).where(POSTING.c.key.in_(part)).values(change=POSTING.c.change))


class Sharing:
    """The tables of sharing inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._postings = Postings(context)

    def version(self) -> int:
        """The number of the last change of any posting, deleted ones included."""
        last = (select(func.max(table.c.change)).scalar_subquery() for table in (POSTING, POSTING_GONE))
        return max(number or 0 for number in self._context.connection.execute(select(*last)).one())

    def gone(self, after: int) -> list[GonePosting]:
        """Postings deleted behind a change."""
        c = POSTING_GONE.c
        query = select(c.sender, c.ref, c.first_change).where(c.change > after).order_by(c.change, c.key)
        return [GonePosting(*row) for row in self._context.connection.execute(query)]

    def tell_again(self, keys: Sequence[int]) -> None:
        """See `tell_again`."""
        tell_again(self._context.connection, keys)

    def last_moment(self, names: Iterable[SettingName]) -> datetime | None:
        """When a posting, a consent, a pairing or one of these settings changed last."""
        wanted = [name.value for name in names]
        queries = (
            select(func.max(POSTING.c.updated_at)),
            select(func.max(CONTACT_CONSENT.c.recorded_at)),
            select(func.max(PAIRING.c.recorded_at)),
            select(func.max(SETTING.c.since)).where(SETTING.c.name.in_(wanted)),
        )
        moments = self._context.connection.execute(select(*(query.scalar_subquery() for query in queries))).one()
        return max((moment for moment in moments if moment is not None), default=None)

    def changed(
        self,
        after: tuple[int, int],
        *,
        limit: int,
        first: int,
        divisions: Sequence[str] = (),
    ) -> list[ChangedPosting]:
        """Postings behind a place in the order of changes; of changes up to `first` only open ones of the divisions."""
        change, key = after
        c = POSTING.c
        inside = or_(*(within(c.place_code, code) for code in divisions or ("",)))
        wanted = or_(c.change > first, and_(c.state == PostingState.OPEN.value, inside))
        behind = or_(c.change > change, and_(c.change == change, c.key > key))
        return self._postings.in_order_of_change(and_(behind, wanted), limit)

    def open_until(self, change: int) -> Iterable[ChangedPosting]:
        """Open postings last changed at or before a change, one piece after the other."""
        c, at = POSTING.c, 0
        while rows := self._postings.in_order_of_key(
            and_(c.change <= change, c.state == PostingState.OPEN.value, c.key > at), _PIECE
        ):
            yield from rows
            at = rows[-1].stored.key

    def open_newest(self, divisions: Sequence[str] = ()) -> Iterable[ChangedPosting]:
        """Open postings of the divisions, those stored last first, one piece after the other."""
        c, at = POSTING.c, None
        inside = or_(*(within(c.place_code, code) for code in divisions or ("",)))
        wanted = and_(c.state == PostingState.OPEN.value, inside)
        while rows := self._postings.in_order_of_key(
            wanted if at is None else and_(wanted, c.key < at), _PIECE, newest_first=True
        ):
            yield from rows
            at = rows[-1].stored.key

    def some(self, keys: Sequence[int]) -> list[ChangedPosting]:
        """Postings by their keys."""
        found: list[ChangedPosting] = []
        for part in chunks(keys):
            found += self._postings.in_order_of_key(POSTING.c.key.in_(part), len(part))
        return found

    def one(self, key: int) -> ChangedPosting | None:
        """One posting; None where there is none."""
        return next(iter(self._postings.in_order_of_key(POSTING.c.key == key, 1)), None)

    def put_consent(self, consent: ContactConsent) -> int:
        """Records a decision of an employer; how many postings it touches."""
        row = {
            "subject": consent.subject,
            "employer": consent.employer,
            "given": consent.given,
            "told_by": consent.by,
            "told_on": consent.on,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(CONTACT_CONSENT).values(row))
        touched = [key for key, subjects in self._subjects() if consent.subject in subjects]
        self.tell_again(touched)
        return len(touched)

    def _subjects(self) -> Iterable[tuple[int, Collection[str]]]:
        """Every posting with the keys its employer is known by."""
        for key, body in self._context.connection.execute(select(POSTING.c.key, POSTING.c.body)):
            whose = _EMPLOYER.decode(body)
            subjects = {name_key(whose.employer), posting_key(whose.sender, whose.ref)}
            yield key, subjects | ({code_key(whose.uscc)} if whose.uscc else set())

    def consents(self) -> dict[str, ContactConsent]:
        """The decision in force of every employer that made one."""
        c = CONTACT_CONSENT.c
        newest = select(func.max(c.key)).group_by(c.subject)
        query = select(CONTACT_CONSENT).where(c.key.in_(newest)).order_by(c.key)
        return {row["subject"]: _consent(row) for row in self._context.connection.execute(query).mappings()}

    def put_pairing(self, pairing: Pairing) -> None:
        """Enters a pairing; the same pair again replaces its dates and basis."""
        self.end_pairing(pairing.banner, pairing.district)
        row = {
            "banner": pairing.banner,
            "district": pairing.district,
            "since": pairing.since,
            "until": pairing.until,
            "basis": pairing.basis,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(PAIRING).values(row))

    def end_pairing(self, banner: str, district: str) -> None:
        """Takes a pairing back."""
        c = PAIRING.c
        self._context.connection.execute(delete(PAIRING).where(c.banner == banner, c.district == district))

    def pairings(self, on: date | None = None) -> list[Pairing]:
        """Every pairing, or those in force on a day."""
        c = PAIRING.c
        query = select(c.banner, c.district, c.since, c.until, c.basis).order_by(c.district, c.banner)
        found = [
            Pairing(banner=banner, district=district, since=since, until=until, basis=basis)
            for banner, district, since, until, basis in self._context.connection.execute(query)
        ]
        return [pairing for pairing in found if on is None or pairing.holds(on)]

    def note_received(self, sender: str, instance: str) -> None:
        """Notes that a sender's postings come from another office and are not passed on from here."""
        c = RECEIVED_FROM.c
        known = self._context.connection.scalar(select(c.instance).where(c.sender == sender))
        if known == instance:
            return
        self._context.connection.execute(delete(RECEIVED_FROM).where(c.sender == sender))
        row = {"sender": sender, "instance": instance, "noted_at": self._context.clock()}
        self._context.connection.execute(insert(RECEIVED_FROM).values(row))

    def received(self) -> dict[str, str]:
        """Senders whose postings come from other offices, with the names of those."""
        rows = self._context.connection.execute(select(RECEIVED_FROM.c.sender, RECEIVED_FROM.c.instance))
        return {str(row.sender): str(row.instance) for row in rows}


def _consent(fields: RowMapping) -> ContactConsent:
    """A row of the table."""
    return ContactConsent(
        subject=fields["subject"],
        employer=fields["employer"],
        given=fields["given"],
        by=fields["told_by"],
        on=fields["told_on"],
        actor=fields["actor"],
        at=fields["recorded_at"],
        number=fields["key"],
    )
