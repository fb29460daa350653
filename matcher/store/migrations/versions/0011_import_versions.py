"""What stood before each import, which imports were taken back, and which upload became which import."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

SOURCES = {"worker_version": "worker", "posting_version": "posting", "class_version": "training_class"}


def upgrade() -> None:
    """A table of versions beside each table that imports write to, with the columns that table has by now."""
    for name, source in SOURCES.items():
        columns = sa.inspect(op.get_bind()).get_columns(source)
        copied = [sa.Column(one["name"], one["type"], nullable=True) for one in columns if one["name"] != "key"]
        op.create_table(
            name,
            sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
            sa.Column("import_key", sa.Integer(), nullable=False),
            sa.Column("record_key", sa.Integer(), nullable=False),
            sa.Column("inserted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
            sa.Column("revision_after", sa.Integer(), server_default="0", nullable=False),
            *copied,
            sa.ForeignKeyConstraint(["import_key"], ["import_batch.key"], name=op.f(f"fk_{name}_import_key")),
            sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint("import_key", "record_key", name=op.f(f"uq_{name}_import_key_record_key")),
            sqlite_autoincrement=True,
        )
        op.create_index(op.f(f"ix_{name}_record_key"), name, ["record_key"])
    op.create_table(
        "import_undo",
        sa.Column("import_key", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("restored", sa.Integer(), server_default="0", nullable=False),
        sa.Column("withdrawn", sa.Integer(), server_default="0", nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("undone_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["import_key"], ["import_batch.key"], name=op.f("fk_import_undo_import_key")),
        sa.PrimaryKeyConstraint("import_key", name=op.f("pk_import_undo")),
    )
    op.create_table(
        "import_mark",
        sa.Column("import_key", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=True),
        sa.Column("last_plan", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_answer", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["import_key"], ["import_batch.key"], name=op.f("fk_import_mark_import_key")),
        sa.PrimaryKeyConstraint("import_key", name=op.f("pk_import_mark")),
        sa.UniqueConstraint("ticket", name=op.f("uq_import_mark_ticket")),
    )


def downgrade() -> None:
    """Away with them."""
    for name in ("import_mark", "import_undo", *SOURCES):
        op.drop_table(name)
