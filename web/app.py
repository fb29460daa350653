"""The web app, put together.

In: a `WebConfig` and an opened office. Out: a Flask app with accounts, CSRF, strict headers and the pages;
`run_server` serves it with waitress.
"""

from __future__ import annotations

from importlib.resources import files
from threading import Event, Thread
from typing import TYPE_CHECKING

from flask import Flask, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from web import auth, errors, phrases
from web.api.register import register_api
from web.config import EXTENSION, WebConfig, web_config
from web.errands.work import resume_errands
from web.exporting.work import resume_exports
from web.listening import server_settings
from web.observing.logs import set_up_logs
from web.observing.requests import observe
from web.pace import keep_pace
from web.pages import BLUEPRINTS, presentation
from web.pages.fairs.entrance import GUARD, pin_guard
from web.pages.guide.steps import tour_step
from web.printing.work import resume_printings
from web.tasks import each_day, keep_warm, resume_runs

if TYPE_CHECKING:
    from matcher.office import Office

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SHARED_ROOM = "shared"
CACHED_ENDPOINTS = frozenset({"static", "entry.stylesheet"})


def create_app(config: WebConfig, office: Office) -> Flask:
    """The app over one office."""
    app = Flask("web", static_folder=str(files("web") / "static"), template_folder=str(files("web") / "templates"))
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME="job131",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.https,
        TRUSTED_HOSTS=list(config.trusted_hosts),
        MAX_CONTENT_LENGTH=config.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=1_000,
        WTF_CSRF_TIME_LIMIT=None,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.extensions[EXTENSION] = (config, office)
    observe(app)
    csrf = CSRFProtect(app)
    auth.register_auth(app)
    app.before_request(keep_pace)
    errors.register_errors(app)
    app.after_request(_secure)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions[GUARD] = pin_guard(office)
    app.context_processor(_for_templates)
    app.jinja_env.globals.update(presentation.TEMPLATE_HELPERS, t=phrases.t, say=phrases.say, allowed=auth.allowed)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_api(app, csrf)
    return app


def _for_templates() -> dict[str, object]:
    """What every template may use."""
    signed_in = current_user.is_authenticated and auth.room_pass() is None
    return {
        "language": phrases.language(),
        "html_language": phrases.HTML_LANGUAGES[phrases.language()],
        "theme": phrases.theme(),
        "account": auth.signed_in() if signed_in else None,
        "demo": web_config().demo,
        "tour_step": tour_step,
        "openable": auth.openable() if signed_in else frozenset(),
    }


def _secure(response: Response) -> Response:
    """Headers of every answer; only style sheets, scripts, pictures and shared postings may be kept."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in CACHED_ENDPOINTS and not _for_everybody(response):
        response.headers["Cache-Control"] = "no-store"
    if web_config().https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def _for_everybody(response: Response) -> bool:
    """Whether an answer is one of the postings shared with anybody, which may be kept and asked about again."""
    return request.blueprint == SHARED_ROOM and response.status_code in (200, 304)


def run_server(app: Flask, host: str, port: int, *also: str) -> None:
    """Serve on one or several addresses of this machine until interrupted."""
    from waitress import serve

    config, office = app.extensions[EXTENSION]
    set_up_logs(office.config.home)
    resume_runs(office)
    resume_printings(office)
    resume_exports(office)
    resume_errands(office)
    Thread(target=each_day, args=(office, Event()), daemon=True).start()
    Thread(target=keep_warm, args=(office, Event().wait), name="keep-warm", daemon=True).start()
    listen = " ".join(f"{one}:{port}" for one in (host, *also))
    serve(app, listen=listen, **server_settings(config))
