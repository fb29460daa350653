"""Filters of lists that somebody keeps under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """The table."""
    op.create_table(
        "saved_filter",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        sa.Column("account_key", sa.Integer, nullable=False),
        sa.Column("page", sa.Text(), nullable=False, server_default=""),
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_filter_uid")),
        sa.UniqueConstraint("account_key", "page", "name", name=op.f("uq_saved_filter_account_key_page_name")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Without it."""
    op.drop_table("saved_filter")
