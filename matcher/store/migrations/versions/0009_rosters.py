"""What rosters leave behind: rows under review, questions, changes, cases, merges; households can be found."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"


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


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A moment."""
    return sa.Column(name, sa.String(32), nullable=nullable)


def _worker(table: str, name: str = "worker_key") -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    """A person, and that the row goes with the person."""
    foreign = sa.ForeignKeyConstraint([name], ["worker.key"], name=op.f(f"fk_{table}_{name}"), ondelete="CASCADE")
    return sa.Column(name, sa.Integer(), nullable=False), foreign


def _primary(table: str) -> sa.PrimaryKeyConstraint:
    """The constraint of the primary key."""
    return sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}"))


def _unique(table: str, *names: str) -> sa.UniqueConstraint:
    """What may stand only once."""
    return sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}"))


def _indexed(table: str, *names: str) -> None:
    """An index for each column."""
    for name in names:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _import_review() -> None:
    """Table import_review."""
    table = "import_review"
    op.create_table(
        table,
        _key(),
        _uid(),
        _number("import_key"),
        *(_text(name) for name in ("sender", "mark", "home_code", "village", "state")),
        sa.Column("worker_key", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("decided_by"),
        _moment("decided_at", nullable=True),
        _moment("created_at"),
        _primary(table),
        _unique(table, "uid"),
        _unique(table, "sender", "mark"),
        sqlite_autoincrement=True,
    )
    _indexed(table, "import_key", "home_code", "state")


def _person_question() -> None:
    """Table person_question."""
    table = "person_question"
    worker, foreign = _worker(table)
    op.create_table(
        table,
        _key(),
        _uid(),
        worker,
        _text("mark"),
        _text("state"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        _number("import_key"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        _text("answered_by"),
        _moment("answered_at", nullable=True),
        foreign,
        _primary(table),
        _unique(table, "uid"),
        _unique(table, "worker_key", "mark"),
        sqlite_autoincrement=True,
    )
    _indexed(table, "worker_key", "state", "import_key")


def _roster_tables() -> None:
    """Tables roster_member and roster_change."""
    worker, foreign = _worker("roster_member")
    op.create_table(
        "roster_member",
        _text("sender"),
        worker,
        _number("import_key"),
        sa.Column("fell_out", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        foreign,
        _unique("roster_member", "sender", "worker_key"),
    )
    _indexed("roster_member", "worker_key")
    worker, foreign = _worker("roster_change")
    op.create_table(
        "roster_change",
        _key(),
        _number("import_key"),
        worker,
        *(_text(name) for name in ("kind", "was", "now")),
        foreign,
        _primary("roster_change"),
        sqlite_autoincrement=True,
    )
    _indexed("roster_change", "import_key", "worker_key")


def _service_case() -> None:
    """Table service_case."""
    table = "service_case"
    worker, foreign = _worker(table)
    op.create_table(
        table,
        _key(),
        worker,
        _text("entry_type"),
        _text("state"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("previous_key", sa.Integer(), nullable=True),
        _number("import_key"),
        _number("closing_import_key"),
        _moment("created_at"),
        foreign,
        _primary(table),
        sqlite_autoincrement=True,
    )
    _indexed(table, "worker_key", "state", "import_key", "closing_import_key")


def _person_merge() -> None:
    """Table person_merge."""
    table = "person_merge"
    kept, kept_foreign = _worker(table, "kept_key")
    gone, gone_foreign = _worker(table, "gone_key")
    op.create_table(
        table,
        _key(),
        _uid(),
        kept,
        gone,
        sa.Column("plan_key", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("merged_digest"),
        _text("actor"),
        _moment("merged_at"),
        _moment("undone_at", nullable=True),
        kept_foreign,
        gone_foreign,
        _primary(table),
        _unique(table, "uid"),
        sqlite_autoincrement=True,
    )
    _indexed(table, "kept_key", "gone_key")


def upgrade() -> None:
    """The tables, and two columns of people."""
    op.add_column("worker", _text("household_index"))
    op.add_column("worker", sa.Column("merged_into", sa.Integer(), nullable=True))
    _indexed("worker", "household_index", "birth_index")
    for make in (_import_review, _person_question, _roster_tables, _service_case, _person_merge):
        make()


def downgrade() -> None:
    """Away with them."""
    tables = ("person_merge", "service_case", "roster_change", "roster_member", "person_question", "import_review")
    for table in tables:
        op.drop_table(table)
    for name in ("household_index", "birth_index"):
        op.drop_index(op.f(f"ix_worker_{name}"), "worker")
    for name in ("household_index", "merged_into"):
        op.drop_column("worker", name)
