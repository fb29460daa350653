"""What the JSON API keeps: its clients, and the requests they marked as one."""

from matcher.store.clients.clients import Clients
from matcher.store.clients.once import OnceMarks

__all__ = ["Clients", "OnceMarks"]
