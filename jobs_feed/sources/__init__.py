"""Where files come from: each source hands over rows of sheets, read inside limits.

In: a file on disk. Out: `SheetRows`, or `FileRefused` with one clear reason.
"""

from jobs_feed.sources.handed import Handed, Source, digest_of, open_source
from jobs_feed.sources.upload import ReadFile, read_file

__all__ = ["Handed", "ReadFile", "Source", "digest_of", "open_source", "read_file"]
