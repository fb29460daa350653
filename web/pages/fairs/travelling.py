"""A fair in a file: taken along on a stick, and what came back read in.

In: a passphrase, or a file with its passphrase. Out: the file; or the fair here, up to date.
"""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import FairState
from matcher.fairs.carrying import ENDING, export_fair
from matcher.fairs.feeding import feed
from matcher.fairs.merging import merge_fair
from web.auth import scope
from web.config import the_office
from web.pages.fairs.common import actor, fair_here
from web.pages.fairs.desk import bp
from web.phrases import t

LONGEST_PASSPHRASE = 200


@bp.post("/<int:key>/export")
def export(key: int) -> Response:
    """The whole fair as one sealed file."""
    fair = fair_here(key)
    content = export_fair(the_office(), fair, _passphrase(), actor=actor())
    kind = "application/octet-stream"
    return send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=f"{fair.ref}{ENDING}")


@bp.post("/merge")
def merge() -> Response:
    """A file is read in; read twice it changes nothing."""
    handed = request.files.get("file")
    if handed is None or not handed.filename:
        raise InputRefused(t("FAIR_NO_FILE"))
    office = the_office()
    done = merge_fair(office, handed.read(), _passphrase(), scope=scope().division, actor=actor())
    flash(t("FAIR_MERGED", added=done.added, changed=done.changed), "done")
    if done.both:
        flash(t("FAIR_MERGED_BOTH", both=done.both), "warn")
    fair = fair_here(done.fair_key)
    if fair.state in {FairState.CLOSED, FairState.REPORTED}:
        feed(office, fair, actor=actor())
    return redirect(url_for("fairs.fair", key=done.fair_key))


def _passphrase() -> str:
    """The passphrase as typed; blanks at its ends count."""
    return request.form.get("passphrase", "")[:LONGEST_PASSPHRASE]
