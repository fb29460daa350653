"""An index of the calls of a spell that are open: whether a later one is due was looked up in all that are open."""

from alembic import op

revision = "0035"
down_revision = "0032"


def upgrade() -> None:
    """The index."""
    op.create_index("ix_follow_up_spell", "follow_up", ["spell_key", "done_on", "due_on"])


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_follow_up_spell", table_name="follow_up")
