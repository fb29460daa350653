"""Lists of people at public-welfare posts, tables of the register, the ledger.

In: which list, for what purpose. Out: pages and spreadsheets; those with people ask for a purpose and are noted.
"""

from __future__ import annotations

from datetime import date

from flask import Response, render_template

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.local_work import Member, SiteKind, Stage
from matcher.local_work.figures import mainly_lifted, relief_lines
from matcher.local_work.gate import Known, check_gate
from matcher.local_work.looking_after import WELFARE_FLAGS, Looked, exit_days, look_after
from matcher.local_work.posts import known_of
from matcher.local_work.tables import (
    HEADS,
    LEDGER,
    Value,
    cooperative_row,
    industry_row,
    ledger_rows,
    relief_row,
    workshop_row,
)
from matcher.reports.workbook import XLSX_TYPE, write_report
from web.auth import may_see_identity, scope
from web.config import the_office
from web.forms import asked, chosen, typed
from web.pages.local_work.common import actor, seen_here
from web.pages.local_work.posts import bp
from web.pages.local_work.projects import WORDS
from web.pages.local_work.projects import bp as projects
from web.phrases import language, t

LISTS = ("candidates", "notice", "review", "exit", "flags")
TABLES = {kind.value: kind for kind in HEADS}
LEAST_PURPOSE = 4
MOST_SHOWN = 300


@bp.get("/people")
def people() -> str:
    """Who is put forward, on the notice board, due for a review, about to leave, or flagged."""
    which = chosen(asked("list", limit=20), LISTS) or LISTS[0]
    office, mine = the_office(), scope()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        sites = unit.local_work.sites.all([SiteKind.POST], division=mine.division, villages=mine.villages)
        members = [one for found in unit.local_work.members.of_sites([s.key for s in sites]).values() for one in found]
        stored = unit.workers.many([one.worker_key for one in members])
        members = [one for one in members if seen_here(stored.get(one.worker_key), mine)]
        asking = [one for one in members if one.stage is Stage.CANDIDATE] if which == LISTS[0] else []
        gates = {key: gate_word(one) for key, one in known_of(unit, asking, policy, people=stored).items()}
        known = {} if asking else known_of(unit, members, policy, market=False, people=stored)
        looked = {} if asking else {one.member.key: one for one in look_after(unit, members, known, policy)}
    by_list = {name: [one for one in members if _on_list(name, one, looked.get(one.key))] for name in LISTS}
    told = LISTS[:2] if asking else LISTS
    return render_template(
        "local_work/people.html",
        which=which,
        lists=LISTS,
        counts={name: len(by_list[name]) for name in told},
        rows=[
            (one, stored[one.worker_key], looked.get(one.key), gates.get(one.key, ""))
            for one in by_list[which][:MOST_SHOWN]
        ],
        sites={site.key: site for site in sites},
        welfare=WELFARE_FLAGS,
        exit_days=exit_days(policy),
        case_number=case_number,
        may_see=may_see_identity(),
        today=office.today(),
        **WORDS,
    )


def gate_word(known: Known) -> str:
    """A checklist in one word."""
    gate = check_gate(known)
    return "open" if gate.open else "shut" if gate.refused else "ask"


def _on_list(name: str, member: Member, looked: Looked | None) -> bool:
    """Whether somebody belongs on a list."""
    if name == "candidates":
        return member.stage is Stage.CANDIDATE
    if name == "notice":
        return member.stage is Stage.PUBLICISED
    flags = set(looked.flags) if looked else set()
    wanted = {"review": {"REVIEW_OVERDUE"}, "exit": {"ENDING", "TERM_OVER"}, "flags": set(WELFARE_FLAGS)}
    return bool(flags & wanted[name])


@projects.get("/tables/<kind>.xlsx")
def table(kind: str) -> Response:
    """The entries of a kind as a table; nobody is named in it."""
    if kind not in TABLES:
        raise RecordNotFound("no such table")
    office, mine, wanted = the_office(), scope(), TABLES[kind]
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        if wanted is SiteKind.RELIEF:
            rows = [relief_row(line, _word) for line in relief_lines(unit, mine, policy)]
        else:
            sites = unit.local_work.sites.all([wanted], division=mine.division, villages=mine.villages)
            rows = {
                SiteKind.INDUSTRY: lambda: [industry_row(site, _word) for site in sites],
                SiteKind.WORKSHOP: lambda: [workshop_row(site, policy.on, _word) for site in sites],
                SiteKind.COOPERATIVE: lambda: [
                    cooperative_row(site, mainly_lifted(site.details, policy), _word)  # type: ignore[arg-type]
                    for site in sites
                ],
            }[wanted]()
    if asked("empty") == "1":
        rows = []
    notes = [t("LOCAL_TABLE_NOTE"), t(f"LOCAL_TABLE_NOTE_{wanted.name}")]
    return _sheet(t(f"LOCAL_TABLE_{wanted.name}"), HEADS[wanted], rows, notes, f"{kind}-{policy.on}", policy.on)


@bp.post("/ledger")
def ledger() -> Response:
    """The ledger of public-welfare posts, for a stated purpose."""
    purpose = typed("purpose", limit=120)
    if len(purpose) < LEAST_PURPOSE:
        raise InputRefused(t("LOCAL_PURPOSE_NEEDS"))
    office, mine = the_office(), scope()
    policy = office.policy.at(office.today())
    with office.unit(actor()) as unit:
        sites = unit.local_work.sites.all([SiteKind.POST], division=mine.division, villages=mine.villages)
        members = unit.local_work.members.of_sites([site.key for site in sites])
        everyone = [one for found in members.values() for one in found]
        found = unit.workers.many([one.worker_key for one in everyone])
        stored = {key: person for key, person in found.items() if seen_here(person, mine)}
        looked = look_after(unit, everyone, {}, policy)
        reviews = unit.local_work.members.reviews([one.key for one in everyone])
        unit.audit.note("export", subject="posts", purpose=purpose, fields="ledger")
    rows = ledger_rows(sites, members, stored, {one.member.key: one for one in looked}, reviews, policy, _word)
    return _sheet(t("LOCAL_LEDGER"), LEDGER, rows, [t("LOCAL_LEDGER_NOTE")], f"posts-{policy.on}", policy.on)


def _word(code: str) -> str:
    """A code in words; digits are a division."""
    return the_office().name("division", code, language()) if code.isdigit() else t(code)


def _sheet(
    title: str, heads: tuple[str, ...], rows: list[list[Value]], notes: list[str], name: str, on: date
) -> Response:
    """A spreadsheet to download."""
    headers = [t(f"LOCAL_C_{head}") for head in heads]
    body = write_report(f"{title} {on.isoformat()}", headers, rows, notes, sheet_name=title)
    answer = Response(body, mimetype=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
