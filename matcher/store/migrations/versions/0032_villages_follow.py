"""Rows that went with a village that was renamed or joined another."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0029"


def upgrade() -> None:
    """The table."""
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


def downgrade() -> None:
    """Without it."""
    op.drop_table("village_follow")
