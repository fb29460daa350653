"""How often postings and classes have changed, so that a market kept ready is known to be the present one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Table table_version."""
    op.create_table(
        "table_version",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("changes", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_table_version")),
    )


def downgrade() -> None:
    """Away with it."""
    op.drop_table("table_version")
