"""Names staff have placed, and how sure the occupation of a posting is."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Table placed_name, column posting.occupation_confidence."""
    op.create_table(
        "placed_name",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("placed_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_placed_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_placed_name_text"), "placed_name", ["text"])
    op.add_column("posting", sa.Column("occupation_confidence", sa.Float(), nullable=True))


def downgrade() -> None:
    """Away with them."""
    op.drop_column("posting", "occupation_confidence")
    op.drop_table("placed_name")
