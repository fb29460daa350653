"""Work near home: the register and its versions, postings, pay-outs, people at sites, attendance, reviews."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def _text(name: str) -> sa.Column[Any]:
    """A text, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str, default: str = "0") -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), server_default=default, nullable=False)


def _link(name: str) -> sa.Column[Any]:
    """The key of another row."""
    return sa.Column(name, sa.Integer(), nullable=False)


def _day(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    """A date."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A moment."""
    return sa.Column(name, sa.String(32), nullable=nullable)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Something sealed."""
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _make(table: str, *columns: Any, unique: tuple[str, ...] = (), uid: bool = True, **links: str) -> None:
    """Makes a table; `links` are its columns that lead to rows of other tables and go with them."""
    own: list[Any] = [sa.Column("key", sa.Integer(), autoincrement=True, nullable=False)]
    if uid:
        own += [
            sa.Column("uid", sa.String(32), nullable=False),
            sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
        ]
    own += [_link(name) for name in links]
    own += [
        sa.ForeignKeyConstraint([name], [f"{to}.key"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete="CASCADE")
        for name, to in links.items()
    ]
    if unique:
        own.append(sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}")))
    own.append(sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}")))
    op.create_table(table, *own, *columns, sqlite_autoincrement=True)
    for name in links:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def upgrade() -> None:
    """Seven tables."""
    _make(
        "local_site",
        *(_text(name) for name in ("kind", "name", "division", "village", "state", "origin")),
        sa.Column("removed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _sealed("body"),
        _number("revision", "1"),
        _text("actor"),
        _moment("changed_at"),
    )
    op.create_index("ix_local_site_village", "local_site", ["village"])
    op.create_index("ix_local_site_listed", "local_site", ["kind", "division"])
    _make("local_site_before", _sealed("body"), _text("actor"), _moment("replaced_at"), site_key="local_site")
    _make(
        "local_site_posting",
        sa.Column("held", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        unique=("site_key", "posting_key"),
        uid=False,
        site_key="local_site",
        posting_key="posting",
    )
    _make(
        "local_pay",
        _day("paid_on", nullable=False),
        _sealed("body"),
        _text("actor"),
        _moment("recorded_at"),
        _text("taken_back_by"),
        _moment("taken_back_at", nullable=True),
        site_key="local_site",
    )
    _people()


def _people() -> None:
    """Who is at a site, with months and reviews."""
    _make(
        "local_member",
        *(_text(name) for name in ("stage", "ground")),
        *(_day(name) for name in ("notice_from", "notice_to", "started_on", "term_end", "ended_on")),
        _number("extended"),
        _sealed("body"),
        _number("revision", "1"),
        _text("actor"),
        _moment("changed_at"),
        site_key="local_site",
        worker_key="worker",
    )
    op.create_index("ix_local_member_stage", "local_member", ["stage", "term_end"])
    _make(
        "local_attendance",
        sa.Column("month", sa.String(7), nullable=False),
        _number("days_due"),
        _number("days_present"),
        _sealed("note", nullable=True),
        _text("actor"),
        _moment("recorded_at"),
        unique=("member_key", "month"),
        member_key="local_member",
    )
    _make(
        "local_review",
        _day("reviewed_on", nullable=False),
        _text("result"),
        _sealed("note", nullable=True),
        _text("actor"),
        _moment("recorded_at"),
        member_key="local_member",
    )


def downgrade() -> None:
    """Away with them."""
    for table in (
        "local_review",
        "local_attendance",
        "local_member",
        "local_pay",
        "local_site_posting",
        "local_site_before",
        "local_site",
    ):
        op.drop_table(table)
