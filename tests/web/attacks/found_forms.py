"""The forms of a page, as a browser would send them.

In: the HTML of a page. Out: each form that is posted, with its fields and what stands in them or could be put in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from lxml import html

TYPED = frozenset({"text", "search", "textarea", "tel", "password", "email", "url", "hidden"})
"""Kinds of fields that take any text, also what is hidden from people."""
TOKEN = "csrf_token"
CONFIRM = ("checkbox", "radio")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form with what a hurried person would send."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is posted."""

    page: str
    action: str
    fields: tuple[Field, ...]
    upload: bool

    def filled(self) -> dict[str, str]:
        """What a hurried person would send, without the token."""
        return {field.name: field.value for field in self.fields if field.name != TOKEN}

    def attacked(self, text: str) -> dict[str, str]:
        """The same with a text in every field that takes one."""
        return dict(self.filled().items()) | {
            field.name: text for field in self.fields if field.kind in TYPED - {"hidden"}
        }


def forms_of(source: str, page: str) -> Iterator[Form]:
    """The forms of a page that are posted to this site."""
    for form in html.fromstring(source).iter("form"):
        if str(form.get("method", "")).lower() != "post":
            continue
        fields = tuple(_field(one) for one in form.xpath(".//input | .//select | .//textarea") if one.get("name"))
        buttons = list(form.xpath(".//button[@name]"))[:1]
        sent = tuple(Field(str(one.get("name")), "button", str(one.get("value", "1"))) for one in buttons)
        files = any(field.kind == "file" for field in fields)
        yield Form(page, urlsplit(urljoin(page, form.get("action") or page)).path, fields + sent, files)


def _field(one: html.HtmlElement) -> Field:
    """A field, filled in where nothing stands in it."""
    kind = str(one.tag if one.tag != "input" else one.get("type", "text"))
    name, value = str(one.get("name")), str(one.get("value") or "")
    if kind == "select":
        options = [str(option.get("value", option.text or "")) for option in one.iter("option")]
        return Field(name, kind, next((option for option in options if option), ""))
    if kind == "textarea":
        value = str(one.text or "")
    if not value:
        value = {"date": date.today().isoformat(), "month": f"{date.today():%Y-%m}", "number": "1"}.get(kind, "")
    return Field(name, kind, value or ("1" if kind in CONFIRM else "示例"))
