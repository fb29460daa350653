"""Keeping and rights: terms of keeping, requests and objections, the sheet that informs people."""

from web.pages.keeping import informing, requests, terms, watch

ROOMS = (terms, requests, informing, watch)
