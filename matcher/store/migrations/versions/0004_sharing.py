"""The database numbers changes of postings, whoever makes them; what employers and offices agreed on is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NEXT = """(SELECT MAX(last) + 1 FROM (
    SELECT COALESCE(MAX(change), 0) AS last FROM posting UNION ALL SELECT COALESCE(MAX(change), 0) FROM posting_gone
) AS both_tables)"""
"""The number of the next change: larger than that of any change before, deleted postings included."""
SQLITE_TRIGGERS = {
    "posting_inserted": f"""AFTER INSERT ON posting WHEN NEW.change = 0 BEGIN
        UPDATE posting SET change = {NEXT}, first_change = {NEXT} WHERE key = NEW.key;
    END""",
    "posting_updated": f"""AFTER UPDATE ON posting WHEN NEW.change <= OLD.change BEGIN
        UPDATE posting SET change = MAX(OLD.change + 1, {NEXT}) WHERE key = NEW.key;
    END""",
    "posting_deleted": f"""AFTER DELETE ON posting BEGIN
        INSERT INTO posting_gone (sender, ref, first_change, change)
        VALUES (OLD.sender, OLD.ref, OLD.first_change, MAX(OLD.change + 1, {NEXT}));
    END""",
}
POSTGRESQL_FUNCTION = f"""CREATE FUNCTION posting_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO posting_gone (sender, ref, first_change, change)
        VALUES (OLD.sender, OLD.ref, OLD.first_change, GREATEST(OLD.change + 1, {NEXT}));
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.change = 0 THEN
            NEW.change := {NEXT};
            NEW.first_change := NEW.change;
        END IF;
    ELSIF NEW.change <= OLD.change THEN
        NEW.change := GREATEST(OLD.change + 1, {NEXT});
    END IF;
    RETURN NEW;
END $$"""


def _text(name: str) -> sa.Column[str]:
    """A text column, "" where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[int]:
    """A whole number, 0 where nothing is known."""
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def _changes() -> None:
    """Numbers of changes on postings, and what remains of deleted ones."""
    op.add_column("posting", _number("first_change"))
    op.add_column("posting", _number("change"))
    op.create_index(op.f("ix_posting_change"), "posting", ["change"])
    op.execute("UPDATE posting SET first_change = 1, change = 1")
    op.create_table(
        "posting_gone",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        _text("sender"),
        _text("ref"),
        _number("first_change"),
        _number("change"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_posting_gone")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posting_gone_change"), "posting_gone", ["change"])
    if op.get_bind().dialect.name == "sqlite":
        for name, words in SQLITE_TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {words}")
        return
    op.execute(POSTGRESQL_FUNCTION)
    op.execute(
        "CREATE TRIGGER posting_numbered BEFORE INSERT OR UPDATE OR DELETE ON posting "
        "FOR EACH ROW EXECUTE FUNCTION posting_number()"
    )


def _consent() -> None:
    """Table contact_consent."""
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


def upgrade() -> None:
    """Columns posting.first_change and change with triggers; posting_gone, contact_consent, pairing, received_from."""
    _changes()
    _consent()
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
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE_TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER posting_numbered ON posting")
        op.execute("DROP FUNCTION posting_number()")
    for name in ("received_from", "pairing", "contact_consent", "posting_gone"):
        op.drop_table(name)
    op.drop_index(op.f("ix_posting_change"), table_name="posting")
    for name in ("change", "first_change"):
        op.drop_column("posting", name)
