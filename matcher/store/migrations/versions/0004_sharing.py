"""Postings carry the numbers of their first and last change; what employers and offices agreed on is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def _text(name: str) -> sa.Column[str]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    """Columns posting.first_change and change; tables contact_consent, pairing, received_from."""
    for name in ("first_change", "change"):
        op.add_column("posting", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.create_index(op.f("ix_posting_change"), "posting", ["change"])
    op.execute("UPDATE posting SET first_change = 1, change = 1")
    op.execute(
        "INSERT INTO table_version (name, changes)"
        " SELECT 'posting', 1 WHERE NOT EXISTS (SELECT 1 FROM table_version WHERE name = 'posting')"
    )
    op.create_table(
        "contact_consent",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        _text("subject"),
        _text("employer"),
        sa.Column("given", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        _text("told_by"),
        sa.Column("told_on", sa.Date(), nullable=False),
        _text("actor"),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_contact_consent")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_consent_subject"), "contact_consent", ["subject"])
    op.create_table(
        "pairing",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        _text("banner"),
        _text("district"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _text("basis"),
        _text("actor"),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pairing")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "received_from",
        sa.Column("sender", sa.Text(), nullable=False),
        _text("instance"),
        sa.Column("noted_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_received_from")),
    )


def downgrade() -> None:
    """Away with them."""
    for name in ("received_from", "pairing", "contact_consent"):
        op.drop_table(name)
    op.drop_index(op.f("ix_posting_change"), table_name="posting")
    for name in ("change", "first_change"):
        op.drop_column("posting", name)
