"""Claims for training name the class they are for."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """The column; without a reference, for which SQLite would have to remake the table and lose its steps."""
    op.add_column("subsidy_claim", sa.Column("class_key", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_subsidy_claim_class_key"), "subsidy_claim", ["class_key"])


def downgrade() -> None:
    """Without it."""
    op.drop_index(op.f("ix_subsidy_claim_class_key"), table_name="subsidy_claim")
    op.drop_column("subsidy_claim", "class_key")
