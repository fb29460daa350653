"""Feeds: where postings are pulled from, what each delivered, and the log of pulls."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _text(name: str) -> sa.Column[str]:
    """A text, empty by default."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[int]:
    """A whole number, nought by default."""
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    """No by default."""
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A moment."""
    return sa.Column(name, sa.String(32), nullable=nullable)


def _feed() -> None:
    """Table feed."""
    op.create_table(
        "feed",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.LargeBinary(), nullable=False),
        _text("kind"),
        _text("sender"),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("hosts", sa.JSON(), nullable=False),
        _number("every_minutes"),
        _text("state"),
        _flag("paused"),
        _text("etag"),
        _text("last_modified"),
        _number("rows"),
        _number("failures"),
        _number("lost"),
        _flag("accepted"),
        _text("code"),
        sa.Column("args", sa.JSON(), nullable=False),
        _moment("last_pull_at", nullable=True),
        _moment("last_good_at", nullable=True),
        _moment("next_try_at", nullable=True),
        _moment("wait_until", nullable=True),
        _moment("claimed_at", nullable=True),
        _text("claimed_by"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_feed")),
        sa.UniqueConstraint("name", name=op.f("uq_feed_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_feed_uid")),
        sqlite_autoincrement=True,
    )


def _feed_posting() -> None:
    """Table feed_posting."""
    op.create_table(
        "feed_posting",
        sa.Column("feed_key", sa.Integer(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        _flag("gone"),
        _text("state_before"),
        _moment("since"),
        sa.ForeignKeyConstraint(["feed_key"], ["feed.key"], name=op.f("fk_feed_posting_feed_key")),
        sa.PrimaryKeyConstraint("feed_key", "sender", "ref", name=op.f("pk_feed_posting")),
    )


def _feed_file() -> None:
    """Table feed_file."""
    op.create_table(
        "feed_file",
        sa.Column("feed_key", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        _text("name"),
        _moment("done_at"),
        sa.ForeignKeyConstraint(["feed_key"], ["feed.key"], name=op.f("fk_feed_file_feed_key")),
        sa.PrimaryKeyConstraint("feed_key", "digest", name=op.f("pk_feed_file")),
    )


def _feed_event() -> None:
    """Table feed_event."""
    op.create_table(
        "feed_event",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("feed_key", sa.Integer(), nullable=False),
        _text("state"),
        *(_number(name) for name in ("rows", "stored", "updated", "unchanged", "withdrawn", "refused")),
        _text("code"),
        sa.Column("args", sa.JSON(), nullable=False),
        _text("actor"),
        _moment("at"),
        sa.ForeignKeyConstraint(["feed_key"], ["feed.key"], name=op.f("fk_feed_event_feed_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_feed_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_feed_event_feed_key"), "feed_event", ["feed_key"])


def upgrade() -> None:
    """All four."""
    _feed()
    _feed_posting()
    _feed_file()
    _feed_event()


def downgrade() -> None:
    """Away with them."""
    for table in ("feed_event", "feed_file", "feed_posting", "feed"):
        op.drop_table(table)
