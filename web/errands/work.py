"""The process of one errand: `python -m web.errands.work KEY`.

In: the key of an order that waits. Out: the work done whole, or nothing; what came of it as codes. A killed process is
noticed by its silence, and the errand can be ordered again.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from matcher.domain.division import lies_within
from matcher.domain.errors import Cancelled, Job131Error
from matcher.domain.intake.errands import ErrandKind, ErrandOrder, ErrandState, Tell, Told
from web.errands import desk
from web.observing.work import run_logged
from web.tasks import clear_old, start_process

if TYPE_CHECKING:
    from matcher.office import Office, OfficeConfig

LOG = logging.getLogger("job131.errands")
DIED = "后台进程中断了，什么都没有改变；请重新开始。"
BROKE = "程序出错，什么都没有改变；请重新开始，再出错请找管理员。"
_BEAT_SECONDS, _LESS_URGENT = 10, 5


def start_errand(config: OfficeConfig, key: int) -> None:
    """Start the process of an errand and go on."""
    desk.beat(config, key)
    start_process(config, "web.errands.work", str(key), name=f"errand-{key}")


def close_silent(office: Office) -> None:
    """Errands whose process died are closed."""
    with office.reading() as unit:
        dead = [
            one.key
            for one in unit.errands.unended()
            if one.state is ErrandState.AT_WORK and not desk.lives(office.config, one.key)
        ]
    for key in dead:
        with office.unit() as unit:
            unit.errands.end(key, ErrandState.FAILED, message=DIED)
        desk.clear(office.config, key)


def resume_errands(office: Office) -> None:
    """At the start of a server: errands whose process died are closed, those that still wait are begun."""
    close_silent(office)
    with office.reading() as unit:
        waiting = [one.key for one in unit.errands.unended() if one.state is ErrandState.WAITING]
    for key in waiting:
        start_errand(office.config, key)


def work_off(office: Office, key: int) -> int:
    """Do one errand; 0 when done, 1 when it failed or was stopped."""
    config = office.config
    clear_old(desk.folder_of(config))
    with office.unit() as unit:
        actor, order = unit.errands.get(key).actor, unit.errands.begin(key)
    if order is None:
        return 1
    quiet = threading.Event()
    heart = threading.Thread(target=_beat, args=(config, key, quiet), daemon=True)
    heart.start()
    state, message, told = ErrandState.DONE, "", list[Told]()
    try:
        desk.tell(config, key, 0.0)
        told = _WORK[order.kind](office, key, order, actor, partial(desk.tell, config, key))
    except Cancelled as stopped:
        state, message = ErrandState.STOPPED, stopped.message
    except Job131Error as error:
        state, message = ErrandState.FAILED, error.message
    except Exception as error:
        LOG.exception("errand %d broke: %s", key, type(error).__name__)
        state, message = ErrandState.FAILED, BROKE
    finally:
        quiet.set()
        heart.join()
    with office.unit() as unit:
        unit.errands.end(key, state, message=message, told=told)
    desk.clear(config, key)
    return 0 if state is ErrandState.DONE else 1


def _beat(config: OfficeConfig, key: int, quiet: threading.Event) -> None:
    """Says that it lives while one step takes long."""
    while not quiet.wait(_BEAT_SECONDS):
        desk.beat(config, key)


def _slice_out(office: Office, key: int, order: ErrandOrder, actor: str, tell: Tell) -> list[Told]:
    """The encrypted file of a place, left to be fetched."""
    from matcher.slices import export_slice
    from matcher.slices.sealed_file import write_whole

    out = export_slice(
        office, division=order.division, villages=order.villages, passphrase=order.passphrase, actor=actor,
        purpose=order.purpose, tell=tell,
    )  # fmt: skip
    path = desk.made(office.config, key)
    os.replace(write_whole(path, out.whole), path)
    args: dict[str, str | int] = {"people": out.people, "plans": out.plans, "postings": out.postings}
    return [Told(code="ERRAND_SLICE_OUT", args=args)]


def _slice_in(office: Office, key: int, order: ErrandOrder, actor: str, tell: Tell) -> list[Told]:
    """A file taken in, as far as whoever handed it in may see its people."""
    from matcher.slices import merge_slice
    from matcher.slices.cli import told_codes

    def may(division: str, village: str) -> bool:
        mine = lies_within(division, order.may_division)
        return mine and (not order.may_villages or village in order.may_villages)

    whole = desk.brought(office.config, key).read_bytes()
    return told_codes(merge_slice(office, whole, passphrase=order.passphrase, actor=actor, may=may, tell=tell))


def _invite(office: Office, key: int, order: ErrandOrder, actor: str, tell: Tell) -> list[Told]:
    """Who should come to a fair, found anew."""
    from matcher.fairs.inviting import invite

    with office.reading() as unit:
        fair = unit.fairs.get(order.fair_key)
    out = invite(office, fair, actor=actor, tell=tell)
    args: dict[str, str | int] = {"people": out.people, "villages": out.villages, "looked_at": out.looked_at}
    told = [Told(code="FAIR_INVITED", args=args)]
    return told + ([Told(code="FAIR_INVITED_SHORT", args={"many": out.unfilled}, warn=True)] if out.unfilled else [])


def _settled(office: Office, key: int, order: ErrandOrder, actor: str, tell: Tell) -> list[Told]:
    """The rosters looked through for resettled people."""
    from matcher.settled.looking import look

    out = look(office, order.division, actor=actor, tell=tell)
    args: dict[str, str | int] = {"people": out.people, "proposed": out.proposed, "settlements": out.settlements}
    return [Told(code="SETTLED_LOOKED", args=args)]


def _rain_dew(office: Office, key: int, order: ErrandOrder, actor: str, tell: Tell) -> list[Told]:
    """The rosters looked through for the Rain-Dew register."""
    from matcher.graduates.looking import look

    seen, fresh = look(office, order.division, actor=actor, tell=tell)
    return [Told(code="GRAD_LOOKED", args={"people": seen, "fresh": fresh})]


_WORK: dict[ErrandKind, Callable[[Office, int, ErrandOrder, str, Tell], list[Told]]] = {
    ErrandKind.SLICE_OUT: _slice_out,
    ErrandKind.SLICE_IN: _slice_in,
    ErrandKind.INVITE: _invite,
    ErrandKind.SETTLED: _settled,
    ErrandKind.RAIN_DEW: _rain_dew,
}


def main() -> int:
    """The process of one errand."""
    from matcher.office import Office, OfficeConfig

    if hasattr(os, "nice"):
        os.nice(_LESS_URGENT)
    office = Office.open(OfficeConfig.from_environment())
    try:
        return run_logged(office.config.home, "errand", lambda: work_off(office, int(sys.argv[1])))
    finally:
        office.close()


if __name__ == "__main__":
    raise SystemExit(main())
