"""Programs that use the JSON API, and the requests they marked as one."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0020"


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "api_client",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("division", sa.Text(), server_default="", nullable=False),
        sa.Column("villages", sa.JSON(), nullable=False),
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("token_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=True),
        sa.Column("revoked_at", sa.String(length=32), nullable=True),
        sa.Column("last_used_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_api_client")),
        sa.UniqueConstraint("name", name=op.f("uq_api_client_name")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_client_prefix")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "api_once",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("client_key", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.Integer(), server_default="0", nullable=False),
        sa.Column("location", sa.Text(), server_default="", nullable=False),
        sa.Column("began_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["client_key"], ["api_client.key"], name=op.f("fk_api_once_client_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_api_once")),
        sa.UniqueConstraint("client_key", "mark", name=op.f("uq_api_once_client_key_mark")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Away with them."""
    op.drop_table("api_once")
    op.drop_table("api_client")
