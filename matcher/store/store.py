"""The store: one database, its keys, and units of work over it.

In: a database address and the keys. Out: `Store.unit()` to change things whole or not at all,
`Store.reading()` to look at one moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, insert, inspect, select

from matcher.domain.errors import KeyMissing, NotInitialised, StoreUnavailable
from matcher.domain.localtime import local_date
from matcher.store.access.drafts import Drafts
from matcher.store.access.filters import SavedFilters
from matcher.store.access.sessions import Sessions
from matcher.store.accounts import Accounts
from matcher.store.aftercare import Aftercare
from matcher.store.around.contacts import Contacts, TermNotices
from matcher.store.around.coordinators import Coordinators
from matcher.store.around.project_posts import KeyCounties, ProjectPostsTable
from matcher.store.around.register import Register
from matcher.store.around.settled_people import SettledPeople
from matcher.store.around.settlements import Settlements
from matcher.store.around.staffing import Staffing
from matcher.store.audit import Audit
from matcher.store.casefile import CaseFile
from matcher.store.catalogue import CatalogueDesk
from matcher.store.choosing.choices import Choices
from matcher.store.choosing.concessions import Concessions
from matcher.store.choosing.holders import Holders
from matcher.store.claims import Claims, Publicities, Timers
from matcher.store.classes import Classes
from matcher.store.clients import Clients, OnceMarks
from matcher.store.context import StoreContext, new_uid
from matcher.store.cooperation import Cooperation
from matcher.store.errands.errands import Errands
from matcher.store.fairs import Fairs
from matcher.store.figures.compared import RunPlans
from matcher.store.figures.pages import FigurePages
from matcher.store.figures.policies import PolicyTrials, PolicyValues
from matcher.store.imports import Imports
from matcher.store.incoming.checks import Checks
from matcher.store.incoming.employers import Employers
from matcher.store.incoming.feeds import Feeds
from matcher.store.incoming.history import PostingHistory
from matcher.store.incoming.openings import Openings
from matcher.store.incoming.person_merges import PersonMerges
from matcher.store.incoming.person_questions import PersonQuestions
from matcher.store.incoming.placed_names import PlacedNames
from matcher.store.incoming.reviews import Reviews
from matcher.store.incoming.roster_changes import RosterChanges
from matcher.store.incoming.sameness import Sameness
from matcher.store.incoming.service_cases import ServiceCases
from matcher.store.incoming.sharing import Sharing
from matcher.store.incoming.versions import Versions
from matcher.store.intake.class_life import ClassLife
from matcher.store.intake.corrections import Corrections
from matcher.store.intake.finding import Finding
from matcher.store.intake.following import VillageRows
from matcher.store.intake.life import LifeChanges
from matcher.store.intake.renamed import RenamedVillages
from matcher.store.keeping.files import Files
from matcher.store.keeping.requests import Requests
from matcher.store.keeping.tries import PasswordAges, Tries
from matcher.store.keeping.years import AuditYears
from matcher.store.ledgers import Ledgers
from matcher.store.local_work import LocalWork
from matcher.store.mappings import Mappings
from matcher.store.migrate import current_revision, is_current, upgrade
from matcher.store.papers.papers import Papers
from matcher.store.papers.printings import Printings
from matcher.store.plans import Plans
from matcher.store.postings import Postings
from matcher.store.runs import Runs
from matcher.store.schema import KEY_CHECK
from matcher.store.sealing import KeyRing, SealBroken, place_of
from matcher.store.session import (
    clear_errors,
    found_damage,
    is_missing_file,
    open_engine,
    spare_the_disk,
    transaction,
    wipe_log,
)
from matcher.store.settings import Settings
from matcher.store.slices.desk import Slices
from matcher.store.upkeep.copying import Contents, contents_of, copy_everything
from matcher.store.upkeep.rotating import seal_anew
from matcher.store.upkeep.unheard import database_bytes, open_work, unheard_work
from matcher.store.views import Views
from matcher.store.watching import Watching
from matcher.store.workers import Workers

_PROBE = b"job131"


class UnitOfWork:
    """All tables in one transaction."""

    def __init__(self, context: StoreContext) -> None:
        self.actor = context.actor
        self._clock, self._context = context.clock, context
        self.audit = Audit(context)
        self._open_records(context)
        self._open_incoming(context)
        self._open_office(context)
        self._open_person(context)
        self._open_service(context)
        self._open_around(context)
        self._open_keeping(context)

    def _open_records(self, context: StoreContext) -> None:
        """People, postings, classes and the plans made of them."""
        self.workers = Workers(context)
        self.postings = Postings(context)
        self.openings = Openings(context)
        self.classes = Classes(context)
        self.plans = Plans(context)
        self.runs = Runs(context)
        self.run_plans = RunPlans(context)
        self.views = Views(context)
        self.finding = Finding(context)
        self.figures = FigurePages(context)

    def _open_incoming(self, context: StoreContext) -> None:
        """What comes in by files and feeds, and what was asked and decided about it."""
        self.imports = Imports(context)
        self.mappings = Mappings(context)
        self.versions = Versions(context)
        self.feeds = Feeds(context)
        self.sharing = Sharing(context)
        self.checks = Checks(context)
        self.history = PostingHistory(context)
        self.employers = Employers(context)
        self.sameness = Sameness(context)
        self.placed_names = PlacedNames(context)
        self.reviews = Reviews(context)
        self.questions = PersonQuestions(context)
        self.roster_changes = RosterChanges(context)
        self.merges = PersonMerges(context, self.workers)

    def _open_office(self, context: StoreContext) -> None:
        """Accounts, programs, settings, policy, papers, exchange."""
        self.accounts = Accounts(context)
        self.sessions = Sessions(context)
        self.drafts = Drafts(context)
        self.filters = SavedFilters(context)
        self.clients = Clients(context)
        self.once = OnceMarks(context)
        self.settings = Settings(context)
        self.aftercare = Aftercare(context)
        self.corrections = Corrections(context)
        self.life = LifeChanges(context)
        self.class_life = ClassLife(context)
        self.finding = Finding(context)
        self.choices = Choices(context)
        self.concessions = Concessions(context)
        self.holders = Holders(context)
        self.figures = FigurePages(context)
        self.policy_values = PolicyValues(context)
        self.policy_trials = PolicyTrials(context)
        self.printings = Printings(context)
        self.papers = Papers(context)
        self.slices = Slices(context)
        self.errands = Errands(context)

    def _open_person(self, context: StoreContext) -> None:
        """What is said and decided of one person."""
        self.cases = ServiceCases(context)
        self.aftercare = Aftercare(context)
        self.corrections = Corrections(context)
        self.life = LifeChanges(context)
        self.class_life = ClassLife(context)
        self.choices = Choices(context)
        self.concessions = Concessions(context)
        self.holders = Holders(context)
        self.fairs = Fairs(context)

    def _open_service(self, context: StoreContext) -> None:
        """The service around the plan."""
        self.village_rows = VillageRows(context)
        self.renamed = RenamedVillages(context)
        self.casefile = CaseFile(context)
        self.ledgers = Ledgers(context)
        self.catalogue = CatalogueDesk(context)
        self.claims = Claims(context)
        self.publicities = Publicities(context)
        self.timers = Timers(context)
        self.watching = Watching(context)

    def _open_around(self, context: StoreContext) -> None:
        """What is kept around people: settlements, the Rain-Dew register, coordinators, local work, cooperation."""
        self.settlements = Settlements(context)
        self.settled_people = SettledPeople(context)
        self.project_posts = ProjectPostsTable(context)
        self.key_counties = KeyCounties(context)
        self.rain_dew = Register(context)
        self.graduate_contacts = Contacts(context)
        self.term_notices = TermNotices(context)
        self.coordinators = Coordinators(context)
        self.staffing = Staffing(context)
        self.local_work = LocalWork(context)
        self.cooperation = Cooperation(context)
        self._clock = context.clock
        self._context = context

    def _open_keeping(self, context: StoreContext) -> None:
        """How long things are kept, what people ask for, who may try to sign in."""
        self.files = Files(context)
        self.audit_years = AuditYears(context)
        self.requests = Requests(context)
        self.tries = Tries(context)
        self.password_ages = PasswordAges(context)

    @property
    def one_moment(self) -> bool:
        """Whether nothing can be changed here."""
        return self._context.one_moment

    def market_version(self) -> tuple[tuple[str, int], ...]:
        """Changes whenever a posting or a class does."""
        return self._context.changes()

    def today(self) -> date:
        """The date in Tongliao."""
        return local_date(self._clock())


def _now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


class Store:
    """A database with its keys; safe to share between threads."""

    def __init__(self, engine: Engine, keys: KeyRing, clock: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self.keys = keys
        self._clock = clock

    @contextmanager
    def unit(self, actor: str = "") -> Iterator[UnitOfWork]:
        """Everything inside is stored at a clean end, nothing at any other."""
        with transaction(self._engine) as connection:
            yield self._unit(connection, actor)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Everything inside sees one moment; nothing can be changed."""
        with transaction(self._engine, reading=True) as connection:
            yield self._unit(connection, "", one_moment=True)

    def make_tables(self) -> None:
        """Brings the tables up to date; nothing is in new ones."""
        with transaction(self._engine) as connection:
            upgrade(connection, self.keys)

    def migrate(self) -> None:
        """Brings the tables up to date and seals the probe that tells the right keys from others."""
        self.make_tables()
        with transaction(self._engine) as connection:
            if connection.scalar(select(KEY_CHECK.c.key)) is None:
                uid = new_uid()
                probe = self.keys.seal(_PROBE, place_of("key_check", "probe", uid))
                connection.execute(insert(KEY_CHECK).values(uid=uid, probe=probe))
        self.check()

    def check(self) -> None:
        """NotInitialised without up-to-date tables, KeyMissing with the wrong keys."""
        if is_missing_file(self._engine):
            raise NotInitialised("数据库还没有建立，请先运行 job131 init")
        with transaction(self._engine, reading=True) as connection:
            if not inspect(connection).has_table("alembic_version"):
                raise NotInitialised("数据库还没有建立，请先运行 job131 init")
            if not is_current(connection):
                raise NotInitialised("数据库是另一个版本的，请运行 job131 init 升级")
            row = connection.execute(select(KEY_CHECK.c.uid, KEY_CHECK.c.probe)).first()
        if row is None:
            raise NotInitialised("数据库还没有建立，请先运行 job131 init")
        try:
            self.keys.unseal(row[1], place_of("key_check", "probe", row[0]))
        except SealBroken as wrong:
            raise KeyMissing("密钥文件与数据库不配；请放回建库时的密钥文件") from wrong

    def revision(self) -> str:
        """The version of the tables."""
        with transaction(self._engine, reading=True) as connection:
            return current_revision(connection)

    def is_newest(self) -> bool:
        """Whether the tables are of the version this program makes."""
        with transaction(self._engine, reading=True) as connection:
            return is_current(connection)

    def contents(self) -> Contents:
        """What is stored, with a fingerprint of it all."""
        with transaction(self._engine, reading=True) as connection:
            return contents_of(connection)

    def copy_to(self, target: Store, tell: Callable[[str], None] | None = None) -> Contents:
        """Everything of one moment into an empty store, seals untouched; both sides then have one fingerprint."""
        with transaction(self._engine, reading=True) as source:
            held = contents_of(source)
            with transaction(target._engine) as connection:
                copy_everything(source, connection, tell)
                if contents_of(connection) != held:
                    raise StoreUnavailable("复制后的内容与原来不符，已放弃，什么都没有改变")
        return held

    def seal_anew(self, keys: KeyRing, tell: Callable[[str], None] | None = None) -> int:
        """Everything sealed, sealed with the current one of these keys, whole or not at all; how many values."""
        with transaction(self._engine) as connection:
            changed = seal_anew(connection, keys, tell)
        self.keys = keys
        return changed

    def spare_the_disk(self) -> None:
        """For an office that is thrown away afterwards: nothing waits for the disk."""
        spare_the_disk(self._engine)

    def wipe_traces(self) -> None:
        """Nothing that was deleted stays readable in the files of SQLite; a server sees to its files itself."""
        with clear_errors():
            wipe_log(self._engine)

    def damage(self) -> tuple[str, ...]:
        """What the database itself finds wrong with its file, nothing where all is well."""
        with transaction(self._engine, reading=True) as connection:
            return found_damage(connection)

    def unheard(self, before: datetime) -> dict[str, int]:
        """Background work that is open and was not heard of since, a table."""
        with transaction(self._engine, reading=True) as connection:
            return unheard_work(connection, before)

    def open_work(self) -> dict[str, int]:
        """Background work that was asked for and has not ended, a table."""
        with transaction(self._engine, reading=True) as connection:
            return open_work(connection)

    def size(self) -> int:
        """How many bytes the database takes."""
        with transaction(self._engine, reading=True) as connection:
            return database_bytes(connection)

    def close(self) -> None:
        """Gives all connections back."""
        with clear_errors():
            self._engine.dispose()

    def _unit(self, connection: Connection, actor: str, *, one_moment: bool = False) -> UnitOfWork:
        """The tables over a connection."""
        return UnitOfWork(StoreContext(connection, self.keys, self._clock, actor, one_moment=one_moment))


def open_store(url: str, keys: KeyRing, *, clock: Callable[[], datetime] = _now) -> Store:
    """The store at an address; nothing is read yet."""
    return Store(open_engine(url), keys, clock)
