"""Pictures drawn on the server as SVG: small ones within a line, and charts of reports; no script, no network.

Every chart has a title and a description for those who do not see it, textures beside colours for black-and-white
printers, and letters that stay readable on a phone.
"""

from web.charts.columns import Series, columns_chart
from web.charts.geography import MapSpot, map_chart
from web.charts.rows import PairRow, Row, Segment, TargetRow, bar_rows, mirror_rows, pair_rows, target_rows
from web.charts.small import effect_bar, ring, share_bar

__all__ = [
    "MapSpot",
    "PairRow",
    "Row",
    "Segment",
    "Series",
    "TargetRow",
    "bar_rows",
    "columns_chart",
    "effect_bar",
    "map_chart",
    "mirror_rows",
    "pair_rows",
    "ring",
    "share_bar",
    "target_rows",
]
