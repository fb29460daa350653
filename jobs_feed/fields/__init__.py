"""One cell → one value, or a reason.

In: the text of a cell and what it is meant to be. Out: a typed value, or a `Phrase` that says what is wrong.
"""

from jobs_feed.fields.contacts import find_phones, read_phone, read_uscc, stable_reference
from jobs_feed.fields.days import read_date, read_deadline
from jobs_feed.fields.numbers import read_count, read_hours
from jobs_feed.fields.values import Read, folded, is_blank, read_choice, read_yes_no, ways_to_say, words_of

__all__ = [
    "Read",
    "find_phones",
    "folded",
    "is_blank",
    "read_choice",
    "read_count",
    "read_date",
    "read_deadline",
    "read_hours",
    "read_phone",
    "read_uscc",
    "read_yes_no",
    "stable_reference",
    "ways_to_say",
    "words_of",
]
