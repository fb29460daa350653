"""Rows that went with a village that was renamed or joined another; one threshold for one alert."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0029"

_NOW = {"visiting.lost_least": "alerts.employer_losses", "cooperation.returns_least": "alerts.beijing_returns"}
_NO_MORE = ("visiting.lost_days", "cooperation.returns_days")
"""Values of policy that an office may have entered for alerts that told the same fact twice."""


def upgrade() -> None:
    """The table, and values entered for the second alert of a fact under the name of the one that stays."""
    for was, name in _NOW.items():
        op.execute(sa.text("UPDATE policy_value SET name = :name WHERE name = :was").bindparams(name=name, was=was))
    for name in _NO_MORE:
        op.execute(sa.text("DELETE FROM policy_value WHERE name = :name").bindparams(name=name))
    op.create_table(
        "village_follow",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("batch", sa.String(32), nullable=False),
        sa.Column("of_table", sa.Text(), nullable=False, server_default=""),
        sa.Column("row_key", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_village_follow")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_village_follow_batch"), "village_follow", ["batch"])
    _errands()


def _errands() -> None:
    """Work ordered by somebody and done in the background."""
    texts = [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("kind", "state", "actor")]
    texts += [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("division", "message")]
    op.create_table(
        "errand",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        *texts,
        sa.Column("fair_key", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("began_at", sa.String(32), nullable=True),
        sa.Column("done_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_errand")),
        sa.UniqueConstraint("uid", name=op.f("uq_errand_uid")),
        sqlite_autoincrement=True,
    )
    for name in ("state", "actor"):
        op.create_index(op.f(f"ix_errand_{name}"), "errand", [name])


def downgrade() -> None:
    """Without it."""
    op.drop_table("errand")
    op.drop_table("village_follow")
