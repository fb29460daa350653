"""The policy catalogue: versions of offers and of questions, notices that reached people, what people said."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
down_revision = "0023"


def _text(name: str) -> sa.Column[str]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _first(name: str) -> list[sa.Column[int] | sa.Column[str]]:
    """The primary key and the uid."""
    return [
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
    ]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A moment."""
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _named(table: str) -> list[sa.Constraint]:
    """What every table has."""
    return [
        sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
    ]


def _of_person(table: str) -> sa.Constraint:
    """What hangs on a person goes with the person."""
    name = op.f(f"fk_{table}_worker_key_worker")
    return sa.ForeignKeyConstraint(["worker_key"], ["worker.key"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Tables catalogue_version, catalogue_question, notice_issue, fact_answer."""
    for table in ("catalogue_version", "catalogue_question"):
        op.create_table(
            table,
            *_first(table),
            _text("code"),
            sa.Column("body", sa.JSON(), nullable=False),
            _text("actor"),
            _moment("recorded_at"),
            *_named(table),
            sqlite_autoincrement=True,
        )
        op.create_index(op.f(f"ix_{table}_code"), table, ["code"])
    op.create_table(
        "notice_issue",
        *_first("notice_issue"),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        _text("how"),
        _text("receipt"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("actor"),
        _moment("recorded_at"),
        _moment("undone_at", nullable=True),
        _text("undone_by"),
        _of_person("notice_issue"),
        *_named("notice_issue"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notice_issue_worker_key"), "notice_issue", ["worker_key"])
    op.create_index(op.f("ix_notice_issue_issued_on"), "notice_issue", ["issued_on"])
    op.create_table(
        "fact_answer",
        *_first("fact_answer"),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("actor"),
        _moment("recorded_at"),
        _of_person("fact_answer"),
        *_named("fact_answer"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fact_answer_worker_key"), "fact_answer", ["worker_key"])


def downgrade() -> None:
    """Away with them."""
    for table in ("fact_answer", "notice_issue", "catalogue_question", "catalogue_version"):
        op.drop_table(table)
