"""Closed years of the audit record, what people asked for, tries to sign in, ages of passwords."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

TABLES = ("sign_in_try", "password_age", "person_request", "audit_year")
GONE = "SELECT 1 FROM audit_year WHERE OLD.number BETWEEN first_number AND last_number AND dropped_at IS NOT NULL"
SAME = " OR ".join(
    f"NEW.{name} <> OLD.{name}" for name in ("year", "first_number", "last_number", "head", "seal", "closed_at")
)
KEPT = f"OLD.dropped_at IS NOT NULL OR NEW.dropped_at IS NULL OR {SAME}"


def _text(name: str) -> sa.Column[str]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _count(name: str) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _years() -> None:
    """Closed years of the audit record."""
    op.create_table(
        "audit_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        _count("first_number"),
        _count("last_number"),
        _text("head"),
        _text("seal"),
        sa.Column("closed_at", sa.String(32), nullable=False),
        sa.Column("dropped_at", sa.String(32), nullable=True),
        _text("drop_seal"),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_audit_year")),
    )


def _requests() -> None:
    """What people asked for."""
    op.create_table(
        "person_request",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        _text("kind"),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _text("received_by"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _text("outcome"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        _text("answered_by"),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("answered_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_key"], ["worker.key"], name=op.f("fk_person_request_worker_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_person_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_request_uid")),
        sqlite_autoincrement=True,
    )
    for name in ("worker_key", "kind", "outcome"):
        op.create_index(op.f(f"ix_person_request_{name}"), "person_request", [name])


def _passwords() -> None:
    """Ages of passwords, and tries to sign in."""
    op.create_table(
        "password_age",
        sa.Column("account_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_key"], ["account.key"], name=op.f("fk_password_age_account_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_key", name=op.f("pk_password_age")),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_try")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sign_in_try_mark"), "sign_in_try", ["mark"])


def _on_sqlite() -> None:
    """Entries go only with a year that was closed and dropped; a closed year stays as it is."""
    op.execute("DROP TRIGGER audit_entry_no_delete")
    op.execute(
        f"CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry WHEN NOT EXISTS ({GONE}) "
        "BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_year_no_delete BEFORE DELETE ON audit_year "
        "BEGIN SELECT RAISE(ABORT, 'closed years stay'); END"
    )
    op.execute(
        f"CREATE TRIGGER audit_year_no_update BEFORE UPDATE ON audit_year WHEN {KEPT} "
        "BEGIN SELECT RAISE(ABORT, 'closed years stay'); END"
    )


def _on_postgresql() -> None:
    """The same for a server."""
    op.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
    op.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
    )
    op.execute(
        "CREATE FUNCTION audit_entry_may_go() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NOT EXISTS ({GONE}) THEN RAISE EXCEPTION 'audit entries are append-only'; END IF; "
        "RETURN OLD; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_may_go()"
    )
    op.execute(
        "CREATE FUNCTION audit_year_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP <> 'UPDATE' THEN RAISE EXCEPTION 'closed years stay'; END IF; "
        f"IF {KEPT} THEN RAISE EXCEPTION 'closed years stay'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_year_stays BEFORE UPDATE OR DELETE ON audit_year "
        "FOR EACH ROW EXECUTE FUNCTION audit_year_kept()"
    )


def upgrade() -> None:
    """The tables, and triggers that let entries of a dropped year go and nothing else."""
    _years()
    _requests()
    _passwords()
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite()
    else:
        _on_postgresql()


def downgrade() -> None:
    """Without them: nothing of the audit record goes."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entry_no_delete")
        op.execute(
            "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END"
        )
    else:
        op.execute("DROP TRIGGER audit_entry_no_delete ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_may_go()")
        op.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
        op.execute(
            "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
        )
    for name in TABLES:
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_year_kept()")
