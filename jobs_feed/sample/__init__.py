"""The made-up prefecture: hand-written building blocks in, three ordinary spreadsheets out.

Everything in them is invented; see `workbooks` for the mark above each table.
"""

from jobs_feed.sample.generator import SampleFiles, write_sample, write_supply

__all__ = ["SampleFiles", "write_sample", "write_supply"]
