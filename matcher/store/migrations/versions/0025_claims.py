"""Claims of money with their steps and people, notices on the board with their lines and objections."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

TABLES = ("publicity_objection", "publicity_entry", "publicity", "claim_person", "claim_step", "subsidy_claim")


def _key() -> sa.Column[Any]:
    """The primary key."""
    return sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)


def _uid() -> sa.Column[Any]:
    """The random name of a row."""
    return sa.Column("uid", sa.String(32), nullable=False)


def _text(name: str) -> sa.Column[Any]:
    """A text, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _whole(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    """A whole number or the key of another row."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A date."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A moment."""
    return sa.Column(name, sa.String(32), nullable=nullable)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Something sealed."""
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _foreign(table: str, name: str, to: str, *, goes: str = "CASCADE") -> sa.ForeignKeyConstraint:
    """Where a key leads, and what becomes of the row when that other one goes."""
    return sa.ForeignKeyConstraint([name], [f"{to}.key"], name=op.f(f"fk_{table}_{name}"), ondelete=goes)


def _unique(table: str, *names: str) -> sa.UniqueConstraint:
    """No two rows share these."""
    return sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}"))


def _make(table: str, *columns: Any, indexed: tuple[str, ...] = ()) -> None:
    """A table with its primary key and its indexes."""
    primary = sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}"))
    op.create_table(table, *columns, _unique(table, "uid"), primary, sqlite_autoincrement=True)
    for name in indexed:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _claims() -> None:
    """Table subsidy_claim."""
    table = "subsidy_claim"
    told = (_text("kind"), _text("claimant"), _text("division"), _number("year"), _text("tier"))
    span = (_day("since"), _day("until"), _number("months"), _text("state"), _day("state_on"), _whole("yuan"))
    rest = (sa.Column("standing", sa.String(200)), _sealed("body"), _day("made_on"), _text("actor"))
    ties = (
        _foreign(table, "worker_key", "worker"),
        _foreign(table, "spell_key", "employment_spell", goes="SET NULL"),
        _unique(table, "standing"),
    )
    links = (_whole("worker_key"), _whole("spell_key"))
    columns = (_key(), _uid(), *links, *told, *span, *rest, _moment("recorded_at"), *ties)
    _make(table, *columns, indexed=("worker_key", "spell_key", "state"))


def _steps_and_people() -> None:
    """Tables claim_step and claim_person."""
    table = "claim_step"
    told_of = (_whole("claim_key", nullable=False), _text("state"), _day("done_on"), _whole("yuan"))
    written = (_sealed("note", nullable=True), _text("actor"), _moment("recorded_at"), _text("undone_by"))
    columns = (_key(), _uid(), *told_of, *written, _moment("undone_at", nullable=True))
    _make(table, *columns, _foreign(table, "claim_key", "subsidy_claim"), indexed=("claim_key",))
    table = "claim_person"
    links = (_whole("claim_key", nullable=False), _whole("worker_key", nullable=False))
    span = (_number("months"), _whole("yuan"), _day("since", nullable=True), _day("until", nullable=True))
    ties = (
        _foreign(table, "claim_key", "subsidy_claim"),
        _foreign(table, "worker_key", "worker"),
        _unique(table, "claim_key", "worker_key"),
    )
    _make(table, _key(), _uid(), *links, *span, *ties, indexed=("claim_key", "worker_key"))


def _publicity() -> None:
    """Table publicity."""
    table = "publicity"
    told = (_text("topic"), _text("level"), _text("division"), _text("village"))
    span = (_day("notice_from"), _day("notice_until"), _whole("previous_key"), _text("decision"))
    rest = (_day("decided_on", nullable=True), _text("decided_by"), _sealed("body"), _text("actor"))
    ties = _foreign(table, "previous_key", "publicity", goes="SET NULL")
    _make(table, _key(), _uid(), *told, *span, *rest, _moment("recorded_at"), ties, indexed=("previous_key",))
    op.create_index("ix_publicity_open", table, ["decision", "notice_until"])


def _lines_and_objections() -> None:
    """Tables publicity_entry and publicity_objection."""
    table = "publicity_entry"
    links = (_whole("publicity_key", nullable=False), _whole("worker_key"), _whole("claim_key"))
    tied = (
        _foreign(table, "publicity_key", "publicity"),
        _foreign(table, "worker_key", "worker"),
        _foreign(table, "claim_key", "subsidy_claim"),
    )
    columns = (_key(), _uid(), *links, _day("taken_off_on", nullable=True), _sealed("body"), *tied)
    _make(table, *columns, indexed=("publicity_key", "worker_key", "claim_key"))
    table = "publicity_objection"
    told = (_whole("publicity_key", nullable=False), _whole("entry_key"), _day("told_on"), _text("outcome"))
    rest = (_day("answered_on", nullable=True), _sealed("body"), _text("actor"), _moment("recorded_at"))
    pair = (_foreign(table, "publicity_key", "publicity"), _foreign(table, "entry_key", "publicity_entry"))
    _make(table, _key(), _uid(), *told, *rest, *pair, indexed=("publicity_key", "entry_key"))


def upgrade() -> None:
    """The tables."""
    for make in (_claims, _steps_and_people, _publicity, _lines_and_objections):
        make()


def downgrade() -> None:
    """Away with them."""
    for table in TABLES:
        op.drop_table(table)
