"""Migrations, run from inside the program.

In: a connection in a transaction. Out: tables of the newest version, or whether they already are.
"""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from matcher.store.sealing import KeyRing


def _config() -> Config:
    """Alembic pointed at the migrations of this package."""
    config = Config()
    config.set_main_option("script_location", "matcher.store:migrations")
    return config


def upgrade(connection: Connection, keys: KeyRing, revision: str = "head") -> None:
    """Brings the tables to a version inside the caller's transaction; what moves to another table is sealed anew."""
    config = _config()
    config.attributes["connection"], config.attributes["keys"] = connection, keys
    command.upgrade(config, revision)


def current_revision(connection: Connection) -> str:
    """The version of the tables, "" where there are none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def is_current(connection: Connection) -> bool:
    """Whether the tables are of the newest version."""
    return current_revision(connection) == ScriptDirectory.from_config(_config()).get_current_head()
