"""Keeping and rights: terms of keeping, requests and objections, the sheet that informs people."""

from web.pages.keeping import informing, requests, terms

ROOMS = (terms, requests, informing)
