"""Programs of other offices that use the JSON API: who they are and what they may do."""

from matcher.domain.clients.client import PROGRAM, ApiClient, Once, Right

__all__ = ["PROGRAM", "ApiClient", "Once", "Right"]
