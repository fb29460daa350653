"""Adverts that are one job: what each is found by, what is known of pairs, which stand together."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"


def _posting(name: str, table: str) -> sa.ForeignKeyConstraint:
    """A posting; the row goes when it goes."""
    return sa.ForeignKeyConstraint([name], ["posting.key"], name=op.f(f"fk_{table}_{name}"), ondelete="CASCADE")


def _link() -> None:
    """Table same_link."""
    op.create_table(
        "same_link",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("one_key", sa.Integer(), nullable=False),
        sa.Column("other_key", sa.Integer(), nullable=False),
        sa.Column("found", sa.Text(), server_default="", nullable=False),
        sa.Column("score", sa.Float(), server_default="0", nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("decided", sa.Text(), server_default="", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", sa.String(32), nullable=True),
        _posting("one_key", "same_link"),
        _posting("other_key", "same_link"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_same_link")),
        sa.UniqueConstraint("one_key", "other_key", name=op.f("uq_same_link_one_key_other_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_same_link_one_key"), "same_link", ["one_key"])
    op.create_index(op.f("ix_same_link_other_key"), "same_link", ["other_key"])


def _value() -> None:
    """Table same_value."""
    op.create_table(
        "same_value",
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        _posting("posting_key", "same_value"),
        sa.PrimaryKeyConstraint("posting_key", "kind", "value", name=op.f("pk_same_value")),
    )
    op.create_index("ix_same_value_kind_value", "same_value", ["kind", "value"])


def upgrade() -> None:
    """Four tables."""
    op.create_table(
        "same_sign",
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("first_seen", sa.String(32), nullable=False),
        sa.Column("last_seen", sa.String(32), nullable=False),
        _posting("posting_key", "same_sign"),
        sa.PrimaryKeyConstraint("posting_key", name=op.f("pk_same_sign")),
    )
    _value()
    _link()
    op.create_table(
        "same_member",
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), server_default="0", nullable=False),
        _posting("posting_key", "same_member"),
        sa.PrimaryKeyConstraint("posting_key", name=op.f("pk_same_member")),
    )
    op.create_index(op.f("ix_same_member_group_key"), "same_member", ["group_key"])


def downgrade() -> None:
    """Away with them."""
    for table in ("same_member", "same_link", "same_value", "same_sign"):
        op.drop_table(table)
