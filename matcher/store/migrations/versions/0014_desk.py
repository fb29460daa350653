"""Changes of plans by hand, what people concede, and who was told that a posting is filled."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0020"


def _person() -> tuple[sa.Column[Any], ...]:
    """The key of a row and the person it belongs to."""
    return (
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("worker_key", sa.Integer(), nullable=False),
    )


def _of_person(name: str) -> sa.ForeignKeyConstraint:
    """Goes with the person."""
    fk = op.f(f"fk_{name}_worker_key")
    return sa.ForeignKeyConstraint(["worker_key"], ["worker.key"], name=fk, ondelete="CASCADE")


def upgrade() -> None:
    """Tables plan_choice, concession, holder_told."""
    _plan_choice()
    _concession()
    _holder_told()


def _plan_choice() -> None:
    """Changes by hand."""
    op.create_table(
        "plan_choice",
        *_person(),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("plan_key", sa.Integer(), nullable=False),
        sa.Column("from_plan_key", sa.Integer(), nullable=False),
        sa.Column("verb", sa.Text(), server_default="", nullable=False),
        sa.Column("came_key", sa.Integer(), nullable=True),
        sa.Column("left_key", sa.Integer(), nullable=True),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("chosen_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["came_key"], ["posting.key"], name=op.f("fk_plan_choice_came_key")),
        sa.ForeignKeyConstraint(["from_plan_key"], ["plan.key"], name=op.f("fk_plan_choice_from_plan_key")),
        sa.ForeignKeyConstraint(["left_key"], ["posting.key"], name=op.f("fk_plan_choice_left_key")),
        sa.ForeignKeyConstraint(["plan_key"], ["plan.key"], name=op.f("fk_plan_choice_plan_key")),
        _of_person("plan_choice"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_plan_choice")),
        sa.UniqueConstraint("uid", name=op.f("uq_plan_choice_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_choice_plan_key"), "plan_choice", ["plan_key"])
    op.create_index(op.f("ix_plan_choice_worker_key"), "plan_choice", ["worker_key"])


def _concession() -> None:
    """What people concede."""
    op.create_table(
        "concession",
        *_person(),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        _of_person("concession"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_concession")),
        sa.UniqueConstraint("uid", name=op.f("uq_concession_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_concession_worker_key"), "concession", ["worker_key"])


def _holder_told() -> None:
    """Who was told."""
    op.create_table(
        "holder_told",
        *_person(),
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["posting_key"], ["posting.key"], name=op.f("fk_holder_told_posting_key")),
        _of_person("holder_told"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_holder_told")),
        sa.UniqueConstraint("worker_key", "posting_key", name=op.f("uq_holder_told_worker_key_posting_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_holder_told_posting_key"), "holder_told", ["posting_key"])
    op.create_index(op.f("ix_holder_told_worker_key"), "holder_told", ["worker_key"])


def downgrade() -> None:
    """Away with them."""
    for name in ("holder_told", "concession", "plan_choice"):
        op.drop_table(name)
