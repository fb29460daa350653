"""The words of written papers, without the white space that layout puts between them."""

from __future__ import annotations

import html
import re
import zipfile
from collections import Counter
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from web.papers.views import words

_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """A text without white space."""
    return _SPACE.sub("", text)


def said_by(*models: object) -> str:
    """The words of view models."""
    return squeezed("".join(words(models)))


def pdf_text(path: Path) -> str:
    """The words of a PDF."""
    return squeezed("".join(page.extract_text() for page in PdfReader(path).pages))


def html_text(path: Path) -> str:
    """The words of the body of a page."""
    body = path.read_text(encoding="utf-8").split("<body>", 1)[1]
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", body)))


def docx_text(path: Path) -> str:
    """The words of a Word file, tables included."""
    body = Document(str(path)).element.body
    return squeezed("".join(node.text or "" for node in body.iter(qn("w:t"))))


TEXT_OF = {".pdf": pdf_text, ".html": html_text, ".docx": docx_text}


def letters(text: str) -> Counter[str]:
    """How often each character stands in a text, whatever the order."""
    return Counter(text)


def docx_parts(path: Path) -> dict[str, bytes]:
    """The files inside a Word file."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
