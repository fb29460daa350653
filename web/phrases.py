"""Which language a page is in, and its sentences.

In: the language cookie, or what a program asks for. Out: `t(code)` and `say(phrase)` for pages and templates, from
the catalogues.
"""

from __future__ import annotations

from flask import g, request

from matcher.domain.facts import Phrase, PhraseValue
from matcher.wording import Wording
from web.config import the_office

PAGE_LANGUAGES = ("zh", "en")
LANGUAGE_COOKIE = "lang"
THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")
PACKAGES = ("web.translations", "jobs_feed")
PROGRAMS = "/api/"
HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def language() -> str:
    """The language of this request: what a program asks for, or the cookie; else Chinese."""
    if request.path.startswith(PROGRAMS) and LANGUAGE_COOKIE not in request.cookies:
        return request.accept_languages.best_match(PAGE_LANGUAGES) or "zh"
    wanted = request.cookies.get(LANGUAGE_COOKIE, "")
    return wanted if wanted in PAGE_LANGUAGES else "zh"


def theme() -> str:
    """Light, dark, or as the device has it."""
    wanted = request.cookies.get(THEME_COOKIE, "")
    return wanted if wanted in THEMES else "auto"


def wording() -> Wording:
    """All sentences in the language of this request."""
    if "wording" not in g:
        g.wording = the_office().wording(language(), *PACKAGES)
    found: Wording = g.wording
    return found


def t(code: str, /, **args: PhraseValue) -> str:
    """The page text of a code."""
    return wording().text(code, **args)


def say(phrase: Phrase) -> str:
    """The sentence of a phrase."""
    return wording().say(phrase)
