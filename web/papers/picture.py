"""Pictures of papers, to be looked at before they are printed.

In: an order about one person. Out: a picture of each page as PNG; nothing is stored and nothing printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.domain.papers.records import PrintOrder
from web.papers.children import Child
from web.papers.contents import leaves_of
from web.papers.pdf import document_of
from web.papers.sources import source_of
from web.papers.typesetting import apart

if TYPE_CHECKING:
    from matcher.office import Office

PIXELS_AN_INCH = 80


def pictures(office: Office, order: PrintOrder) -> list[bytes]:
    """The pages of the papers of an order."""
    parts = [part for some in source_of(office, order).parts for part in some]
    leaves = [leaf for _, leaf in leaves_of(enumerate(parts), pack=False)]
    if not leaves:
        return []
    child = Child()
    try:
        return apart(child.typeset(document_of(leaves, large=order.large, pixels=PIXELS_AN_INCH)))
    finally:
        child.close()
