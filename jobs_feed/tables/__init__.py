"""Any sheet → tables: where a header stands, and its rows that still know sheet, row and column.

In: `SheetRows` and the names of one kind of file. Out: `Table`; what is no data is left out with a notice.
"""

from jobs_feed.tables.finding import find_tables
from jobs_feed.tables.table import KnownNames, Table, column_letters
from jobs_feed.tables.turned import find_turned

__all__ = ["KnownNames", "Table", "column_letters", "find_tables", "find_turned"]
