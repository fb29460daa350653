"""Pages of figures, values of policy entered by the office, what a run's policy said, trials of a change."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def _text(name: str) -> sa.Column[str]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _key() -> sa.Column[int]:
    """The primary key."""
    return sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A moment."""
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def upgrade() -> None:
    """Tables figure_page, policy_value, policy_stand, policy_trial, and indexes that tell old figures."""
    op.create_table(
        "figure_page",
        _key(),
        sa.Column("uid", sa.String(length=32), nullable=False),
        _text("place"),
        _text("stamp"),
        sa.Column("people", sa.Integer(), server_default="0", nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_figure_page")),
        sa.UniqueConstraint("uid", name=op.f("uq_figure_page_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_figure_page_place"), "figure_page", ["place"])
    op.create_table(
        "policy_value",
        _key(),
        _text("name"),
        sa.Column("value", sa.JSON(), nullable=False),
        _text("unit"),
        sa.Column("since", sa.Date(), nullable=False),
        _text("basis"),
        _text("actor"),
        _moment("recorded_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_policy_value")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_policy_value_name"), "policy_value", ["name"])
    op.create_table(
        "policy_stand",
        _key(),
        _text("digest"),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        _moment("recorded_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_policy_stand")),
        sa.UniqueConstraint("digest", "on_day", name=op.f("uq_policy_stand_digest_on_day")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_policy_stand_digest"), "policy_stand", ["digest"])
    _trials()
    op.create_index("ix_worker_merged_into_revision", "worker", ["merged_into", "revision"])
    op.create_index("ix_plan_printed_on", "plan", ["printed_on"])


def _trials() -> None:
    """Table policy_trial."""
    op.create_table(
        "policy_trial",
        _key(),
        _text("division"),
        sa.Column("changes", sa.JSON(), nullable=False),
        _text("state"),
        sa.Column("progress", sa.Float(), server_default="0", nullable=False),
        _text("message"),
        sa.Column("cancel_requested", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        _text("started_by"),
        _moment("created_at"),
        _moment("heartbeat_at"),
        _moment("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_policy_trial")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_policy_trial_state"), "policy_trial", ["state"])


def downgrade() -> None:
    """Away with them."""
    op.drop_index("ix_plan_printed_on", "plan")
    op.drop_index("ix_worker_merged_into_revision", "worker")
    for table in ("policy_trial", "policy_stand", "policy_value", "figure_page"):
        op.drop_table(table)
