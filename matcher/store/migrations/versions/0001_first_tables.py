"""The first tables: people, postings, classes, runs, plans, imports, accounts, audit, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _account() -> None:
    """Table account."""
    op.create_table(
        "account",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("division", sa.Text(), server_default="", nullable=False),
        sa.Column("villages", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("disabled", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("session_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("locked_until", sa.String(32), nullable=True),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        sqlite_autoincrement=True,
    )


def _audit_entry() -> None:
    """Table audit_entry."""
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("origin", sa.Text(), server_default="", nullable=False),
        sa.Column("action", sa.Text(), server_default="", nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("fields", sa.Text(), server_default="", nullable=False),
        sa.Column("previous", sa.Text(), server_default="", nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )


def _column_mapping() -> None:
    """Table column_mapping."""
    op.create_table(
        "column_mapping",
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("sender", "kind", name=op.f("pk_column_mapping")),
    )


def _import_batch() -> None:
    """Table import_batch."""
    op.create_table(
        "import_batch",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("sender", sa.Text(), server_default="", nullable=False),
        sa.Column("file_name", sa.Text(), server_default="", nullable=False),
        sa.Column("file_digest", sa.Text(), server_default="", nullable=False),
        sa.Column("rows", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stored", sa.Integer(), server_default="0", nullable=False),
        sa.Column("updated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refused", sa.Integer(), server_default="0", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_import_batch")),
        sqlite_autoincrement=True,
    )


def _key_check() -> None:
    """Table key_check."""
    op.create_table(
        "key_check",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("probe", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_check")),
        sa.UniqueConstraint("uid", name=op.f("uq_key_check_uid")),
    )


def _match_run() -> None:
    """Table match_run."""
    op.create_table(
        "match_run",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("division", sa.Text(), server_default="", nullable=False),
        sa.Column("worker_ref", sa.Text(), server_default="", nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("engine", sa.Text(), server_default="", nullable=False),
        sa.Column("policy_digest", sa.Text(), server_default="", nullable=False),
        sa.Column("reference_digest", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("progress", sa.Float(), server_default="0", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("started_by", sa.Text(), server_default="", nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("started_at", sa.String(32), nullable=True),
        sa.Column("heartbeat_at", sa.String(32), nullable=True),
        sa.Column("ended_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_match_run")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_match_run_state"), "match_run", ["state"], unique=False)


def _posting() -> None:
    """Table posting."""
    op.create_table(
        "posting",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("sender", sa.Text(), server_default="", nullable=False),
        sa.Column("ref", sa.Text(), server_default="", nullable=False),
        sa.Column("source_ref", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("employer", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("place_code", sa.Text(), server_default="", nullable=False),
        sa.Column("place_name", sa.Text(), server_default="", nullable=False),
        sa.Column("wage_text", sa.Text(), server_default="", nullable=False),
        sa.Column("occupation", sa.Text(), server_default="", nullable=False),
        sa.Column("openings", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("state_note", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_posting")),
        sa.UniqueConstraint("sender", "ref", name=op.f("uq_posting_sender_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_posting_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posting_place_code"), "posting", ["place_code"], unique=False)
    op.create_index(op.f("ix_posting_ref"), "posting", ["ref"], unique=False)


def _setting() -> None:
    """Table setting."""
    op.create_table(
        "setting",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_setting_name"), "setting", ["name"], unique=False)


def _training_class() -> None:
    """Table training_class."""
    op.create_table(
        "training_class",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("sender", sa.Text(), server_default="", nullable=False),
        sa.Column("ref", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("provider", sa.Text(), server_default="", nullable=False),
        sa.Column("place_code", sa.Text(), server_default="", nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("enrol_until", sa.Date(), nullable=True),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_training_class")),
        sa.UniqueConstraint("sender", "ref", name=op.f("uq_training_class_sender_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_training_class_uid")),
        sqlite_autoincrement=True,
    )


def _worker() -> None:
    """Table worker."""
    op.create_table(
        "worker",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("sender", sa.Text(), server_default="", nullable=False),
        sa.Column("ref", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("initials", sa.Text(), server_default="", nullable=False),
        sa.Column("home_code", sa.Text(), server_default="", nullable=False),
        sa.Column("home_name", sa.Text(), server_default="", nullable=False),
        sa.Column("village", sa.Text(), server_default="", nullable=False),
        sa.Column("id_index", sa.Text(), server_default="", nullable=False),
        sa.Column("phone_index", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_index", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_worker")),
        sa.UniqueConstraint("sender", "ref", name=op.f("uq_worker_sender_ref")),
        sa.UniqueConstraint("uid", name=op.f("uq_worker_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_worker_home_code"), "worker", ["home_code"], unique=False)
    op.create_index(op.f("ix_worker_id_index"), "worker", ["id_index"], unique=False)
    op.create_index(op.f("ix_worker_name"), "worker", ["name"], unique=False)
    op.create_index(op.f("ix_worker_phone_index"), "worker", ["phone_index"], unique=False)
    op.create_index(op.f("ix_worker_ref"), "worker", ["ref"], unique=False)
    op.create_index(op.f("ix_worker_village"), "worker", ["village"], unique=False)


def _plan() -> None:
    """Table plan."""
    op.create_table(
        "plan",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("run_key", sa.Integer(), nullable=False),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("current", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("track", sa.Text(), server_default="", nullable=False),
        sa.Column("matches", sa.Integer(), server_default="0", nullable=False),
        sa.Column("missing", sa.Integer(), server_default="0", nullable=False),
        sa.Column("has_training", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("score_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["run_key"], ["match_run.key"], name=op.f("fk_plan_run_key")),
        sa.ForeignKeyConstraint(["worker_key"], ["worker.key"], name=op.f("fk_plan_worker_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_plan")),
        sa.UniqueConstraint("code", name=op.f("uq_plan_code")),
        sa.UniqueConstraint("run_key", "worker_key", name=op.f("uq_plan_run_key_worker_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_plan_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_plan_one_current",
        "plan",
        ["worker_key"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(op.f("ix_plan_worker_key"), "plan", ["worker_key"], unique=False)


def _plan_answer() -> None:
    """Table plan_answer."""
    op.create_table(
        "plan_answer",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("plan_key", sa.Integer(), nullable=False),
        sa.Column("worker_key", sa.Integer(), nullable=False),
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("posting_digest", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["plan_key"], ["plan.key"], name=op.f("fk_plan_answer_plan_key")),
        sa.ForeignKeyConstraint(["posting_key"], ["posting.key"], name=op.f("fk_plan_answer_posting_key")),
        sa.ForeignKeyConstraint(["worker_key"], ["worker.key"], name=op.f("fk_plan_answer_worker_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_plan_answer")),
        sa.UniqueConstraint("uid", name=op.f("uq_plan_answer_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_plan_answer_plan_key"), "plan_answer", ["plan_key"], unique=False)
    op.create_index(op.f("ix_plan_answer_worker_key"), "plan_answer", ["worker_key"], unique=False)


def _plan_match() -> None:
    """Table plan_match."""
    op.create_table(
        "plan_match",
        sa.Column("plan_key", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("posting_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_key"], ["plan.key"], name=op.f("fk_plan_match_plan_key")),
        sa.ForeignKeyConstraint(["posting_key"], ["posting.key"], name=op.f("fk_plan_match_posting_key")),
        sa.PrimaryKeyConstraint("plan_key", "rank", name=op.f("pk_plan_match")),
    )
    op.create_index(op.f("ix_plan_match_posting_key"), "plan_match", ["posting_key"], unique=False)


def _append_only() -> None:
    """Audit entries can be added and nothing else."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
                "BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit entries are append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
    )


def upgrade() -> None:
    """Makes the tables and the triggers that keep the audit record append-only."""
    _account()
    _audit_entry()
    _column_mapping()
    _import_batch()
    _key_check()
    _match_run()
    _posting()
    _setting()
    _training_class()
    _worker()
    _plan()
    _plan_answer()
    _plan_match()
    _append_only()
