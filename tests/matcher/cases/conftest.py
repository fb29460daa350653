"""The books of what comes after the paper serve for cases too."""

from tests.matcher.aftercare.conftest import book as book
from tests.matcher.aftercare.conftest import made_book as made_book
