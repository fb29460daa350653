"""In how many current plans a posting stands is counted as plans come and go; indexes that lists are read from."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

INDEXES = {
    "ix_plan_current": ("plan", ["current", "worker_key", "track", "missing", "has_training", "printed_on"]),
    "ix_posting_live": ("posting", ["state", "deadline", "place_code", "openings"]),
    "ix_worker_listed": ("worker", ["home_code", "village", "name", "merged_into"]),
}
COUNTED = """INSERT INTO posting_load (posting_key, recommended)
    SELECT posting_key, COUNT(*) FROM plan_match WHERE plan_key IN (SELECT key FROM plan WHERE current)
    GROUP BY posting_key"""
SQLITE_TRIGGERS = {
    "load_match_added": """AFTER INSERT ON plan_match WHEN (SELECT current FROM plan WHERE key = NEW.plan_key) BEGIN
        INSERT INTO posting_load (posting_key, recommended) VALUES (NEW.posting_key, 1)
        ON CONFLICT (posting_key) DO UPDATE SET recommended = posting_load.recommended + 1;
    END""",
    "load_match_gone": """AFTER DELETE ON plan_match WHEN (SELECT current FROM plan WHERE key = OLD.plan_key) BEGIN
        UPDATE posting_load SET recommended = recommended - 1 WHERE posting_key = OLD.posting_key;
    END""",
    "load_plan_turned": """AFTER UPDATE OF current ON plan WHEN NEW.current <> OLD.current BEGIN
        INSERT INTO posting_load (posting_key, recommended)
        SELECT posting_key, 0 FROM plan_match WHERE plan_key = NEW.key ON CONFLICT (posting_key) DO NOTHING;
        UPDATE posting_load SET recommended = recommended + CASE WHEN NEW.current THEN 1 ELSE -1 END
        WHERE posting_key IN (SELECT posting_key FROM plan_match WHERE plan_key = NEW.key);
    END""",
    "load_plan_gone": """BEFORE DELETE ON plan WHEN OLD.current BEGIN
        UPDATE posting_load SET recommended = recommended - 1
        WHERE posting_key IN (SELECT posting_key FROM plan_match WHERE plan_key = OLD.key);
    END""",
}
POSTGRESQL_FUNCTIONS = (
    """CREATE FUNCTION load_matches_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO posting_load (posting_key, recommended)
    SELECT fresh.posting_key, COUNT(*) FROM fresh JOIN plan ON plan.key = fresh.plan_key AND plan.current
    GROUP BY fresh.posting_key
    ON CONFLICT (posting_key) DO UPDATE SET recommended = posting_load.recommended + EXCLUDED.recommended;
    RETURN NULL;
END $$""",
    """CREATE FUNCTION load_matches_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE posting_load SET recommended = recommended - gone.times FROM (
        SELECT former.posting_key, COUNT(*) AS times
        FROM former JOIN plan ON plan.key = former.plan_key AND plan.current GROUP BY former.posting_key) AS gone
    WHERE posting_load.posting_key = gone.posting_key;
    RETURN NULL;
END $$""",
    """CREATE FUNCTION load_plans_turned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO posting_load (posting_key, recommended)
    SELECT plan_match.posting_key, SUM(CASE WHEN fresh.current THEN 1 ELSE -1 END)
    FROM fresh JOIN former ON former.key = fresh.key AND former.current <> fresh.current
    JOIN plan_match ON plan_match.plan_key = fresh.key GROUP BY plan_match.posting_key
    ON CONFLICT (posting_key) DO UPDATE SET recommended = posting_load.recommended + EXCLUDED.recommended;
    RETURN NULL;
END $$""",
    """CREATE FUNCTION load_plan_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.current THEN
        UPDATE posting_load SET recommended = recommended - 1
        WHERE posting_key IN (SELECT posting_key FROM plan_match WHERE plan_key = OLD.key);
    END IF;
    RETURN OLD;
END $$""",
)
POSTGRESQL_TRIGGERS = (
    """CREATE TRIGGER load_matches_added AFTER INSERT ON plan_match REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION load_matches_added()""",
    """CREATE TRIGGER load_matches_gone AFTER DELETE ON plan_match REFERENCING OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION load_matches_gone()""",
    """CREATE TRIGGER load_plans_turned AFTER UPDATE ON plan REFERENCING NEW TABLE AS fresh OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION load_plans_turned()""",
    """CREATE TRIGGER load_plan_gone BEFORE DELETE ON plan
    FOR EACH ROW EXECUTE FUNCTION load_plan_gone()""",
)


def upgrade() -> None:
    """Table posting_load with its triggers, filled from the plans there are; three indexes."""
    op.create_table(
        "posting_load",
        sa.Column("posting_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recommended", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_key"],
            ["posting.key"],
            name=op.f("fk_posting_load_posting_key_posting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("posting_key", name=op.f("pk_posting_load")),
    )
    op.execute(COUNTED)
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    if op.get_bind().dialect.name == "sqlite":
        for name, words in SQLITE_TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {words}")
        return
    for statement in (*POSTGRESQL_FUNCTIONS, *POSTGRESQL_TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    """Away with them."""
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE_TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name, table in (
            ("load_matches_added", "plan_match"),
            ("load_matches_gone", "plan_match"),
            ("load_plans_turned", "plan"),
            ("load_plan_gone", "plan"),
        ):
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
    op.drop_table("posting_load")
