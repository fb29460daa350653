"""The ladder of work: how long somebody has been in work, what is claimed of it and what is proved.

In: spells, statements, proofs. Out: `stability` and the verbs that keep statements and proofs.
"""

from matcher.domain.localtime import add_months as add_months
from matcher.ladder.stability import full_months as full_months
from matcher.ladder.stability import stability as stability
