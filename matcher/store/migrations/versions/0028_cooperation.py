"""Labour cooperation: deeds, contacts, departures, rights, bases; intermediaries; visits and ends of contracts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def _text(name: str) -> sa.Column[Any]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[Any]:
    """A whole number, 0 where nothing is known."""
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def _day(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    """A date."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def _to(name: str) -> sa.Column[Any]:
    """The key of another record."""
    return sa.Column(name, sa.Integer(), nullable=False)


def _whole(name: str) -> sa.Column[Any]:
    """A whole number or nothing."""
    return sa.Column(name, sa.Integer(), nullable=True)


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """A row that goes with the one it points to."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.key"], name=name, ondelete="CASCADE")


def _make(name: str, *columns: sa.Column[Any], indexes: tuple[str, ...] = (), more: tuple[Any, ...] = ()) -> None:
    """A table of records that carry sealed words and may be taken back."""
    op.create_table(
        name,
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        *columns,
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("actor"),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=32), nullable=True),
        _text("withdrawn_by"),
        sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        *more,
        sqlite_autoincrement=True,
    )
    for column in indexes:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def upgrade() -> None:
    """All tables of this part."""
    _cooperation()
    _travel()
    _bases()
    _intermediaries()
    _visits()


def _cooperation() -> None:
    """Deeds and contacts."""
    places = (_text("division"), _text("district"))
    day = _day("happened_on", nullable=False)
    _make(
        "coop_deed",
        *(*places, _text("kind"), day, _text("title"), _number("people"), _number("lifted")),
        indexes=("division",),
    )
    _make("coop_contact", _text("division"), _text("side"), _text("office"), indexes=("division",))


def _travel() -> None:
    """Departures, who travels, matters of rights."""
    words = [_text(name) for name in ("division", "district", "batch", "vehicle")]
    _make(
        "departure",
        *(*words, _day("leaves_on", nullable=False), _text("employer"), _text("title"), _whole("posting_key")),
        *(_whole("yuan"), _number("seats"), _day("cancelled_on")),
        indexes=("division",),
    )
    _make(
        "traveller",
        *(_to("departure_key"), _to("worker_key"), _text("state"), _flag("lifted"), _day("arrived_on")),
        *(_day("returned_on"), _whole("spell_key"), _day("call_due"), _day("called_on")),
        sa.Column("call_result", sa.Text(), nullable=True),
        indexes=("worker_key", "spell_key"),
        more=(
            _points("traveller", "departure_key", "departure"),
            _points("traveller", "worker_key", "worker"),
            sa.UniqueConstraint("departure_key", "worker_key", name=op.f("uq_traveller_departure_key_worker_key")),
        ),
    )
    _make(
        "rights_matter",
        *(_to("worker_key"), _text("division"), _text("district"), _text("kind"), _day("opened_on", nullable=False)),
        *(_day("due_on", nullable=False), _day("closed_on"), sa.Column("result", sa.Text(), nullable=True)),
        indexes=("worker_key", "division"),
        more=(_points("rights_matter", "worker_key", "worker"),),
    )


def _bases() -> None:
    """Bases that train for home care, and their classes."""
    names = [_text(name) for name in ("division", "district", "name", "provider")]
    _make("care_base", *names, indexes=("division",))
    _make(
        "base_class",
        *(_to("base_key"), _to("class_key"), _text("employer"), _whole("posting_key")),
        indexes=("base_key", "class_key"),
        more=(
            _points("base_class", "base_key", "care_base"),
            _points("base_class", "class_key", "training_class"),
        ),
    )


def _intermediaries() -> None:
    """Agencies and brokers; brands."""
    words = [_text(name) for name in ("name", "name_key", "kind", "record_no", "uscc", "division")]
    _make(
        "broker",
        *(*words, _day("valid_from", nullable=False), _day("valid_to"), _day("ended_on")),
        indexes=("name_key", "uscc"),
    )
    words = [_text(name) for name in ("name", "name_key", "division", "occupation")]
    _make(
        "labour_brand",
        *(*words, _number("headcount"), _whole("yuan_low"), _whole("yuan_high"), _day("counted_on", nullable=False)),
        *(_text("source"), _day("ended_on")),
        indexes=("name_key",),
    )


def _visits() -> None:
    """Visits to employers, and until when contracts run."""
    words = [_text(name) for name in ("employer", "name_key", "uscc", "division")]
    _make(
        "employer_visit",
        *(*words, _day("visited_on", nullable=False), _day("next_on"), _number("lay_off_people"), _day("lay_off_on")),
        indexes=("name_key", "division"),
    )
    _make(
        "contract_end",
        *(_to("spell_key"), _to("worker_key"), _day("ends_on", nullable=False), _flag("renewed")),
        indexes=("spell_key", "worker_key", "ends_on"),
        more=(
            _points("contract_end", "spell_key", "employment_spell"),
            _points("contract_end", "worker_key", "worker"),
        ),
    )
