"""`job131 serve`: the web app of this office.

In: host and port. Out: a running server until it is interrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from web.cli import Desk


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", default=8131, show_default=True, help="端口")
@click.pass_obj
def serve(desk: Desk, host: str, port: int) -> None:
    """打开网页（生产用 waitress）。"""
    from web.app import create_app, run_server
    from web.config import load_web_config

    config = desk.config()
    office = desk.office()
    app = create_app(load_web_config(config.home, config.key_file), office)
    wording = office.wording(desk.lang, "jobs_feed", "web.translations")
    click.echo(wording.text("SERVE_AT", url=f"http://{host}:{port}"), err=True)
    run_server(app, host, port)
