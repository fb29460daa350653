"""What people and staff decide at the desk, as far as plans are made from it: words said there, postings given."""

from matcher.by_hand.given import hold_given, insert_given
from matcher.by_hand.switches import conceded, paid_less

__all__ = ["conceded", "hold_given", "insert_given", "paid_less"]
