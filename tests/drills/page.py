"""docs/reliability.md: each drill renews its own section and leaves the rest as it is.

In: the lines of a drill. Out: the page, with machine, day and command.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from matcher.domain.localtime import local_date
from matcher.trials.bench import machine


def put_section(path: Path, name: str, lines: list[str], command: str) -> None:
    """Puts lines between the marks of a section; a page without the marks gets them at its end."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    said = f"`{command}`, {local_date(datetime.now(UTC)).isoformat()}, {machine()}"
    body = "\n".join([begin, "", said, "", *lines, "", end])
    page = path.read_text(encoding="utf-8") if path.exists() else "# Reliability\n"
    if begin in page:
        page = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: body, page, flags=re.DOTALL)
    else:
        page = f"{page.rstrip()}\n\n## {name.capitalize()}\n\n{body}\n"
    path.write_text(page, encoding="utf-8")
