"""Checks of postings and their history, verifications, openings taken, barred employers, complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ON_POSTING = (
    ("text_digest", sa.Text()),
    ("cleared_digest", sa.Text()),
    ("checked_by", sa.Text()),
    ("checked_how", sa.Text()),
)
INDEXED = (
    ("posting_check", "severity"),
    ("posting_event", "posting_key"),
    ("posting_verification", "posting_key"),
    ("employer_mark", "name_key"),
    ("employer_mark", "uscc"),
    ("employer_complaint", "name_key"),
    ("employer_complaint", "uscc"),
    ("opening_taken", "posting_key"),
)
TABLES = (
    "pay_range",
    "opening_taken",
    "employer_complaint",
    "employer_mark",
    "posting_verification",
    "posting_event",
    "posting_check",
)


def _text(name: str) -> sa.Column[str]:
    """A text column, "" by default."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    """A primary key."""
    column = sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)
    return column, sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}"))


def _uid(table: str) -> tuple[sa.Column[str], sa.UniqueConstraint]:
    """The random name of a row."""
    return sa.Column("uid", sa.String(32), nullable=False), sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid"))


def _belongs(table: str, column: str, other: str, *, part: bool = False) -> sa.ForeignKeyConstraint:
    """A reference to another table; a row that is only a part of the other's goes with it."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.key"], name=name, ondelete="CASCADE" if part else None)


def upgrade() -> None:
    """Columns of posting, seven tables."""
    for name, kind in ON_POSTING:
        op.add_column("posting", sa.Column(name, kind, server_default="", nullable=False))
    for name in ("taken", "taken_of"):
        op.add_column("posting", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("posting", sa.Column("checked_on", sa.Date(), nullable=True))
    _about_postings()
    _about_openings()
    _about_employers()
    for table, column in INDEXED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "ix_opening_taken_once",
        "opening_taken",
        ["posting_key", "worker_key"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _about_postings() -> None:
    """Checks, history, verifications."""
    op.create_table(
        "posting_check",
        sa.Column("posting_key", sa.Integer(), nullable=False),
        _text("severity"),
        _text("text_digest"),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("checked_at", sa.String(32), nullable=False),
        _text("decided"),
        _text("decided_by"),
        sa.Column("decided_at", sa.String(32), nullable=True),
        _belongs("posting_check", "posting_key", "posting", part=True),
        sa.PrimaryKeyConstraint("posting_key", name=op.f("pk_posting_check")),
    )
    op.create_table(
        "posting_event",
        *_key("posting_event"),
        *_uid("posting_event"),
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        *(_text(name) for name in ("actor", "from_state", "to_state", "why")),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        _belongs("posting_event", "posting_key", "posting", part=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "posting_verification",
        *_key("posting_verification"),
        *_uid("posting_verification"),
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        *(_text(name) for name in ("verified_by", "how", "result", "actor")),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        _belongs("posting_verification", "posting_key", "posting"),
        sqlite_autoincrement=True,
    )


def _about_openings() -> None:
    """Openings taken, ranges of pay."""
    op.create_table(
        "opening_taken",
        *_key("opening_taken"),
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.Column("worker_key", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("of_openings", sa.Integer(), server_default="0", nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        _text("actor"),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("undone_at", sa.String(32), nullable=True),
        _belongs("opening_taken", "posting_key", "posting"),
        _belongs("opening_taken", "worker_key", "worker"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pay_range",
        sa.Column("occupation", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("postings", sa.Integer(), nullable=False),
        sa.Column("median_yuan", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("occupation", "division", name=op.f("pk_pay_range")),
    )


def _about_employers() -> None:
    """Employers nothing is suggested of, and complaints."""
    op.create_table(
        "employer_mark",
        *_key("employer_mark"),
        *_uid("employer_mark"),
        *(_text(name) for name in ("name", "name_key", "uscc", "kind", "actor", "lifted_by")),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("lifted_at", sa.String(32), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "employer_complaint",
        *_key("employer_complaint"),
        *_uid("employer_complaint"),
        *(_text(name) for name in ("employer", "name_key", "uscc", "made_by", "actor")),
        sa.Column("posting_key", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("settled_at", sa.String(32), nullable=True),
        _belongs("employer_complaint", "posting_key", "posting"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Away with them."""
    for table in TABLES:
        op.drop_table(table)
    for name, _ in ON_POSTING:
        op.drop_column("posting", name)
    for name in ("taken", "taken_of", "checked_on"):
        op.drop_column("posting", name)
