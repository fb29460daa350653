"""Pictures of every paper, of the made-up prefecture: `python -m tests.screens_papers HOME FOLDER`.

In: the data folder of a demo. Out: PNG files of each page of each paper; small ones of the first pages go beside the
papers as samples for the page “Print”.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.domain.papers.records import PaperKind, PrintOrder
from matcher.office import Office, OfficeConfig
from web.papers.printing import print_papers

SAMPLES = Path(__file__).parents[1] / "web" / "papers" / "samples"
SMALL, READABLE = 34, 70


def orders(office: Office, person: int) -> dict[str, PrintOrder]:
    """One order for each kind of paper, and the editions of the sheet."""
    with office.reading() as unit:
        worker = unit.workers.get(person).value
        stored = list(unit.plans.current_bodies())
        employer = next(one.plan for one in stored if one.plan.worker_key == person).matches[0].posting.employer
    found = {kind.value: PrintOrder(kind=kind, worker_key=person) for kind in PaperKind if kind.personal}
    found["large"] = PrintOrder(worker_key=person, large=True)
    found["english"] = PrintOrder(worker_key=person, lang="en")
    found["pack"] = PrintOrder(villages=(worker.village,), pack=True)
    found[PaperKind.KEY_LIST.value] = PrintOrder(kind=PaperKind.KEY_LIST, division="150525", purpose="入户走访")
    found[PaperKind.PUBLIC_LIST.value] = PrintOrder(kind=PaperKind.PUBLIC_LIST, topic="held")
    found[PaperKind.EMPLOYER.value] = PrintOrder(kind=PaperKind.EMPLOYER, employer=employer)
    found[PaperKind.POLICY_LIST.value] = PrintOrder(kind=PaperKind.POLICY_LIST)
    found[PaperKind.POLICY_QA.value] = PrintOrder(kind=PaperKind.POLICY_QA)
    found[PaperKind.EMPLOYER_POLICY.value] = PrintOrder(kind=PaperKind.EMPLOYER_POLICY, employer=employer)
    found[PaperKind.TICKET.value] = PrintOrder(kind=PaperKind.TICKET, count=8)
    return found


def take_papers(office: Office, person: int, folder: Path) -> None:
    """Every paper as pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        for name, order in orders(office, person).items():
            path = Path(place) / f"{name}.pdf"
            print_papers(office, path, order, actor="screens")
            draw = ["pdftoppm", "-png", "-gray", "-l", "4"]
            subprocess.run([*draw, "-r", str(READABLE), str(path), str(folder / f"paper-{name}")], check=True)
            if name in {kind.value for kind in PaperKind}:
                small = [*draw, "-r", str(SMALL), "-singlefile", str(path), str(SAMPLES / name)]
                subprocess.run(small, check=True)


def _complete(office: Office) -> int:
    """Somebody with three postings and a class."""
    with office.reading() as unit:
        for stored in unit.plans.current_bodies():
            if len(stored.plan.matches) == 3 and stored.plan.training is not None:
                return stored.plan.worker_key
    raise LookupError("nobody has three postings and a class")


def main(home: Path, folder: Path) -> None:
    """The papers of a demo that stands already."""
    office = Office.open(OfficeConfig.from_environment(home=str(home)))
    try:
        take_papers(office, _complete(office), folder)
    finally:
        office.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
