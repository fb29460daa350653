"""Where Alembic starts.

In: the connection that `matcher.store.migrate` hands over. Out: the migrations, run in its transaction.
"""

from alembic import context

from matcher.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
