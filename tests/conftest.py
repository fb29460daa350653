"""Random examples vary at the desk; where CI says so they are fixed, so that one commit has one answer.

No example has a deadline: the first one loads the lexicon, and speed is measured in benchmarks.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed" if os.environ.get("CI") else "desk")
