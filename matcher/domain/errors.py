"""Errors that carry a message for the person and the reference of the record they speak of."""

from __future__ import annotations


class Job131Error(Exception):
    """Base of all errors of this system; `message` is one clear line for the person in front of it."""

    def __init__(self, message: str, *, ref: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.ref = ref


class InputRefused(Job131Error, ValueError):
    """What was handed in cannot be taken; nothing was stored."""


class CodedRefusal(InputRefused):
    """A refusal whose sentence stands in the catalogue under `code`, to be said in the reader's language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RecordNotFound(Job131Error, LookupError):
    """No such record, or none that this account may see."""


class EditConflict(Job131Error):
    """Somebody else changed the record first; nothing was overwritten."""


class StoreUnavailable(Job131Error, OSError):
    """The database cannot be reached, is locked for too long, or the disk is full."""


class ClusterUnavailable(Job131Error):
    """The cluster cannot be reached, lacks something, or runs another version."""


class NotInitialised(Job131Error):
    """The data folder, the database or the key file is missing."""


class KeyMissing(NotInitialised):
    """The key file that opens sealed fields is missing or is not the right one."""


class PolicyInvalid(Job131Error, ValueError):
    """The policy file breaks a rule of its own format."""


class ReferenceInvalid(Job131Error, ValueError):
    """A reference table is inconsistent."""


class Cancelled(Job131Error):
    """A person stopped a long task; nothing of it was kept."""
