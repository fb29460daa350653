"""People of rosters: found again, asked about, and what a roster changes.

In: drafts of a roster and what is stored. Out: `PeopleDesk`, which files them; `decide_review` for the rows that a
person has to decide.
"""

from jobs_feed.rosters.desk import PeopleDesk
from jobs_feed.rosters.reviewing import Choice, birth_date_of, decide_review, forget_import, undo_merge

__all__ = ["Choice", "PeopleDesk", "birth_date_of", "decide_review", "forget_import", "undo_merge"]
