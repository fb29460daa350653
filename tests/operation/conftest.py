"""The PostgreSQL of the store's tests, and addresses of empty databases in it."""

from __future__ import annotations

from itertools import count

from tests.matcher.store.conftest import SERVER_USER, SERVERS, as_server_user, postgresql

__all__ = ["postgresql"]
_numbers = count(1)


def new_database(socket: str) -> str:
    """The address of an empty database of the server behind a socket."""
    name = f"operation{next(_numbers)}"
    as_server_user(str(SERVERS[-1] / "createdb"), "-h", socket, "-U", SERVER_USER, name)
    return f"postgresql://{SERVER_USER}@/{name}?host={socket}"
