"""The routes of the API, made from the declarations.

In: an app. Out: a blueprint a group, the gate before them, and the way from an address to its endpoint.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from flask import Blueprint, Flask, current_app
from flask_wtf.csrf import CSRFProtect

from web.api import docs
from web.api.answering import answer
from web.api.declared import PATH_TYPES, ROOT, Endpoint, Group
from web.api.gate import let_in
from web.api.groups import GROUPS
from web.api.groups.health import bp as health

_PART = re.compile(r"\{(\w+)\}")


def register_api(app: Flask, csrf: CSRFProtect) -> None:
    """Everything below /api/v1, and the two questions whether the server lives and is ready."""
    app.before_request(let_in)
    for group in GROUPS:
        blueprint = Blueprint(group.room, __name__, url_prefix=ROOT)
        for endpoint in group.endpoints.values():
            blueprint.add_url_rule(
                rule_of(endpoint.path),
                endpoint.name,
                partial(_view, group, endpoint),
                methods=[endpoint.method],
            )
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    app.register_blueprint(docs.bp)
    app.register_blueprint(health)


def _view(group: Group, endpoint: Endpoint, **values: Any) -> Any:
    """The answer of one route."""
    return answer(group, endpoint, values)


def rule_of(path: str) -> str:
    """A path of the document as a rule of Flask."""
    return _PART.sub(lambda part: _rule(part[1]), path)


def _rule(name: str) -> str:
    """One part of a path."""
    return f"<{name}>" if name in PATH_TYPES else f"<int:{name}>"


def look_up(location: str) -> tuple[Group, Endpoint, dict[str, Any]]:
    """The endpoint that shows what lies at an address of ours."""
    room, values = current_app.url_map.bind("localhost").match(location, method="GET")
    name, _, operation = room.partition(".")
    group = next(one for one in GROUPS if one.room == name)
    return group, group.endpoints[operation], dict(values)
