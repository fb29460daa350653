"""Corrected facts, changes of life, merged villages, enrolments and classes changed by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def _text(name: str) -> sa.Column[str]:
    """A text, empty where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A moment."""
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _key() -> sa.Column[int]:
    """The primary key."""
    return sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)


def _of_worker(table: str) -> sa.ForeignKeyConstraint:
    """What hangs on a person goes with the person."""
    name = op.f(f"fk_{table}_worker_key")
    return sa.ForeignKeyConstraint(["worker_key"], ["worker.key"], name=name, ondelete="CASCADE")


def _of_class(table: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    """A training class."""
    name = op.f(f"fk_{table}_class_key")
    return sa.ForeignKeyConstraint(["class_key"], ["training_class.key"], name=name, ondelete=ondelete)


def upgrade() -> None:
    """All tables of this concept."""
    _people()
    _villages()
    _classes()


def _people() -> None:
    """Corrected facts and changes of life."""
    op.create_table(
        "fact_correction",
        _key(),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        sa.Column("change_key", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("actor"),
        _moment("recorded_at"),
        _moment("undone_at", nullable=True),
        _text("undone_by"),
        _of_worker("fact_correction"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_fact_correction")),
        sa.UniqueConstraint("uid", name=op.f("uq_fact_correction_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fact_correction_worker_key"), "fact_correction", ["worker_key"])
    op.create_index(op.f("ix_fact_correction_change_key"), "fact_correction", ["change_key"])
    op.create_table(
        "life_change",
        _key(),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        _text("kind"),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("batch", sa.String(length=32), server_default="", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("actor"),
        _moment("recorded_at"),
        _moment("undone_at", nullable=True),
        _text("undone_by"),
        _of_worker("life_change"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_life_change")),
        sa.UniqueConstraint("uid", name=op.f("uq_life_change_uid")),
        sqlite_autoincrement=True,
    )
    for column in ("worker_key", "kind", "batch"):
        op.create_index(op.f(f"ix_life_change_{column}"), "life_change", [column])


def _villages() -> None:
    """Villages that became others."""
    op.create_table(
        "village_merge",
        _key(),
        sa.Column("batch", sa.String(length=32), nullable=False),
        *(_text(name) for name in ("from_code", "from_village", "into_code", "into_village")),
        sa.Column("people", sa.Integer(), server_default="0", nullable=False),
        _text("accounts"),
        sa.Column("happened_on", sa.Date(), nullable=False),
        _text("actor"),
        _moment("recorded_at"),
        _moment("undone_at", nullable=True),
        _text("undone_by"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_village_merge")),
        sa.UniqueConstraint("batch", name=op.f("uq_village_merge_batch")),
        sqlite_autoincrement=True,
    )


def _classes() -> None:
    """Who takes part in classes, what was changed of them, which plans name them, what work is wished."""
    op.create_table(
        "enrolment",
        _key(),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        sa.Column("class_key", sa.Integer(), nullable=False),
        _text("state"),
        _text("actor"),
        _moment("changed_at"),
        _of_worker("enrolment"),
        _of_class("enrolment"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("worker_key", "class_key", name=op.f("uq_enrolment_worker_key_class_key")),
        sqlite_autoincrement=True,
    )
    for column in ("worker_key", "class_key"):
        op.create_index(op.f(f"ix_enrolment_{column}"), "enrolment", [column])
    op.create_table(
        "class_edit",
        sa.Column("class_key", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("starts_on", "ends_on", "enrol_until")),
        sa.Column("cancelled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _text("actor"),
        _moment("edited_at"),
        _of_class("class_edit", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("class_key", name=op.f("pk_class_edit")),
    )
    op.create_table(
        "plan_class",
        sa.Column("plan_key", sa.Integer(), nullable=False),
        sa.Column("class_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_key"], ["plan.key"], name=op.f("fk_plan_class_plan_key")),
        _of_class("plan_class"),
        sa.PrimaryKeyConstraint("plan_key", name=op.f("pk_plan_class")),
    )
    op.create_index(op.f("ix_plan_class_class_key"), "plan_class", ["class_key"])
    op.create_table(
        "worker_wish",
        sa.Column("worker_key", sa.Integer(), nullable=False),
        sa.Column("occupation", sa.Text(), nullable=False),
        _of_worker("worker_wish"),
        sa.PrimaryKeyConstraint("worker_key", "occupation", name=op.f("pk_worker_wish")),
    )
    op.create_index(op.f("ix_worker_wish_occupation"), "worker_wish", ["occupation"])


def downgrade() -> None:
    """Away with them."""
    people = ("fact_correction", "life_change", "village_merge", "enrolment")
    for name in ("worker_wish", "plan_class", "class_edit", *reversed(people)):
        op.drop_table(name)
