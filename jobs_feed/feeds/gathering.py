"""All pages of a feed, fetched one after the other and read in the limited child.

In: a feed, a fetcher, an empty folder. Out: `Gathered`: sheets as a spreadsheet would give them, whether everything
was seen, and what stood in the way. A next page is asked for once, and only where the gate admits it.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import msgspec

from jobs_feed.cells import NextLine
from jobs_feed.feeds.contents.spec import PageSpec
from jobs_feed.feeds.failures import FeedFailed
from jobs_feed.feeds.fetching import Fetcher, Page
from jobs_feed.report import FileRefused, RowProblem
from jobs_feed.sources import ReadFile, digest_of, read_file
from matcher.domain.facts import Phrase
from matcher.domain.incoming.feed import Feed

CHILD = "jobs_feed.feeds.contents.child"
MOST_PAGES = 200
MOST_ROWS = 100_000
"""Of one pull; a larger list is several feeds. What a pull may weigh bounds its memory, however many rows that is."""
READ_SECONDS = 90.0
"""For reading all pages of one pull, beside the time the servers take."""
_LINK = re.compile(r"<([^<>]{1,2000})>\s*((?:;[^,<]*)*)")
_REL_NEXT = re.compile(r";\s*rel\s*=\s*\"?[^\";]*\bnext\b", re.IGNORECASE)
_UNSURE = frozenset({"FEED_SCRIPT_BROKEN", "FEED_NEXT_UNCLEAR", "FEED_CHANGES_ONLY"})


@dataclass(slots=True)
class Gathered:
    """What a pull brought."""

    read: ReadFile = field(default_factory=ReadFile)
    unchanged: bool = False
    complete: bool = True
    """Whether every page was seen: only then is what is missing gone."""
    pages: int = 0
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows of all sheets; the columns named on top of items are none."""
        return sum(number > 0 for sheet in self.read.sheets for number, _ in sheet.rows)

    @property
    def instance(self) -> str:
        """The other office whose system this is, "" where it is none."""
        names = [one.phrase.args for one in self.read.notices if one.phrase.code == "FEED_INSTANCE"]
        return str((names[0] or {}).get("instance", "")) if names else ""

    def stop(self, code: str, args: Mapping[str, object] | None = None) -> None:
        """Not everything was seen, and why."""
        self.complete = False
        plain = {key: value for key, value in (args or {}).items() if isinstance(value, str | int)}
        self.problems.append(RowProblem(Phrase(code, dict(plain))))


def read_page_file(path: Path, spec: PageSpec, seconds: float = READ_SECONDS) -> ReadFile:
    """The sheets of a page, read in a process of its own."""
    reader = (CHILD, msgspec.json.encode(spec).decode())
    return read_file(path, wall_seconds=max(seconds, 0.1), reader=reader)


@dataclass(slots=True)
class Gathering:
    """One pull on its way through the pages."""

    feed: Feed
    fetcher: Fetcher
    folder: Path
    found: Gathered = field(default_factory=Gathered)
    _queue: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _digests: list[str] = field(default_factory=list)
    _read_seconds: float = 0.0

    def run(self, conditions: Mapping[str, str]) -> Gathered:
        """Every page."""
        first = self.fetcher.gate.admit(self.feed.url)
        self._queue, self._seen = [first.url], {first.url}
        while self._queue:
            if self.found.pages >= MOST_PAGES:
                self.found.stop("FEED_PAGES_MANY", {"pages": MOST_PAGES})
                break
            url = self._queue.pop(0)
            page, path = self._fetched(url, conditions if not self.found.pages else {})
            if page.unchanged:
                if self.found.pages:
                    raise FeedFailed("FEED_STATUS", status=304)
                return Gathered(unchanged=True)
            self._take(page, path)
        self.found.digest = hashlib.sha256("".join(self._digests).encode()).hexdigest()
        if self.found.pages > 1 or not self.found.complete:
            self.found.etag = self.found.last_modified = ""
        return self.found

    def _fetched(self, url: str, conditions: Mapping[str, str]) -> tuple[Page, Path]:
        """A page in a file of its own that bears the name of the feed."""
        folder = self.folder / str(self.found.pages + 1)
        folder.mkdir()
        path = folder / self.feed.name
        return self.fetcher.fetch(self.fetcher.gate.admit(url), path, conditions), path

    def _take(self, page: Page, path: Path) -> None:
        """The rows of a page, and where more is."""
        found = self.found
        self._digests.append(digest_of(path))
        mapping = {str(name): str(value) for name, value in self.feed.mapping.items()}
        spec = PageSpec(self.feed.name, self.feed.kind.value, page.content_type, mapping, found.rows)
        began = time.monotonic()
        read = self._read(path, spec)
        self._read_seconds += time.monotonic() - began
        path.unlink(missing_ok=True)
        found.pages += 1
        found.read.form = found.read.form or read.form
        found.read.sheets += read.sheets
        if found.rows > MOST_ROWS:
            raise FeedFailed("FEED_ROWS_MANY", rows=MOST_ROWS)
        found.read.notices += [one for one in read.notices if one not in found.read.notices]
        found.etag, found.last_modified = page.etag, page.last_modified
        if any(notice.phrase.code in _UNSURE for notice in read.notices):
            found.complete = False
        self._follow(page, read)

    def _read(self, path: Path, spec: PageSpec) -> ReadFile:
        """One page; a later page without anything on it is the end."""
        try:
            return read_page_file(path, spec, READ_SECONDS - self._read_seconds)
        except FileRefused as refusal:
            if self.found.pages and refusal.phrase.code in {"FEED_EMPTY", "IMPORT_FILE_EMPTY"}:
                return ReadFile()
            raise

    def _follow(self, page: Page, read: ReadFile) -> None:
        """Further pages into the queue."""
        wanted = [self._address(line) for line in read.more]
        wanted += [link for link in linked_next(page.link) if link not in wanted]
        if parameter := self.feed.mapping.get("page", ""):
            same = len(self._digests) > 1 and self._digests[-1] == self._digests[-2]
            wanted = [counted_up(page.url, parameter)] if any(sheet.rows for sheet in read.sheets) and not same else []
        for address in wanted:
            self._ask_for(address, page, index=read.form == "jsonld")

    def _address(self, line: NextLine) -> str:
        """The address of a next page; a mark is put into the first address."""
        if not line.mark:
            return line.address
        parameter = self.feed.mapping.get("cursor", "").partition(":")[0] or "cursor"
        return with_parameter(self.feed.url, parameter, line.address)

    def _ask_for(self, address: str, page: Page, *, index: bool) -> None:
        """One more page, unless it was asked for or lies where nobody allowed."""
        try:
            target = self.fetcher.gate.admit(urljoin(page.url, address))
        except FeedFailed as refusal:
            code = "FEED_NEXT_FOREIGN" if refusal.phrase.code == "FEED_HOST_FOREIGN" else "FEED_NEXT_BAD"
            self.found.stop(code, refusal.phrase.args)
            return
        if target.url in self._seen:
            if not index:
                self.found.stop("FEED_NEXT_LOOP", {"page": self.found.pages})
            return
        self._seen.add(target.url)
        self._queue.append(target.url)


def linked_next(header: str) -> list[str]:
    """The next page of a Link header."""
    return [address for address, rest in _LINK.findall(header[:4000]) if _REL_NEXT.search(rest)]


def with_parameter(url: str, name: str, value: str) -> str:
    """An address with one parameter set."""
    parts = urlsplit(url)
    kept = [(key, held) for key, held in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode([*kept, (name, value)]), ""))


def counted_up(url: str, name: str) -> str:
    """The address of the following page where pages are numbered."""
    held = dict(parse_qsl(urlsplit(url).query)).get(name, "1")
    return with_parameter(url, name, str(int(held) + 1 if held.isdecimal() and len(held) < 7 else 2))
