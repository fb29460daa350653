"""What one guidance session says to this person and to nobody else.

In: the person and the plan so far. Out: first choice with its reasons, strengths proved by the person's own words,
what stands in the way with who does what by when, what to avoid, bring and say: all as codes and arguments;
a sentence that would fit anybody is not made.
"""

from matcher.guidance.advice import avoid, bring
from matcher.guidance.case import Situation
from matcher.guidance.choice import interview_sentence, opening, pay_against_wish
from matcher.guidance.obstacles import MOST_SHOWN, obstacles
from matcher.guidance.steps import steps
from matcher.guidance.strengths import strengths

__all__ = [
    "MOST_SHOWN",
    "Situation",
    "avoid",
    "bring",
    "interview_sentence",
    "obstacles",
    "opening",
    "pay_against_wish",
    "steps",
    "strengths",
]
