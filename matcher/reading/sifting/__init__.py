"""One look at the characters of a text tells which patterns can match in it at all; only those are tried.

In: patterns as spelled. Out: `Sifted`, one pattern, and `Sieve`, a whole table of them; what they find is the same as
without the look, only sooner.
"""

from matcher.reading.sifting.patterns import Sieve as Sieve
from matcher.reading.sifting.patterns import Sifted as Sifted
from matcher.reading.sifting.patterns import sifted as sifted
