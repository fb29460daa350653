"""Random examples vary at the desk; where CI says so they are fixed, so that one commit has one answer."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("fixed")
