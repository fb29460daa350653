"""Pasted text – a group message, several forwarded ones, a photo typed in – → drafts of postings.

In: any text. Out: adverts with every field's place in the text, and what was left out.
"""

from jobs_feed.pasted.drafts import PastedDraft, PastedText, read_pasted
from jobs_feed.pasted.model import LeftOut, Spot, Surety
from jobs_feed.pasted.text import LONGEST_TEXT

__all__ = ["LONGEST_TEXT", "LeftOut", "PastedDraft", "PastedText", "Spot", "Surety", "read_pasted"]
