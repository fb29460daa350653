"""How fast postings are compared, and how much memory it takes: `python -m tests.benchmarks.same [--postings N]`.

In: a number of postings. Out: seconds for all of them at once and for one list of a hundredth more, peak memory, and
how many of the adverts that were posted twice on purpose were found. Postings are made up: texts of the sample
prefecture under many firms, every seventh advert again in another list, shortened, reordered or without its number.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zlib import crc32

from jobs_feed.cells import TableRow
from jobs_feed.postings import read_posting_row
from jobs_feed.rows import RowReader
from jobs_feed.sameness.merging import merge_same
from jobs_feed.sample.adverts import Market
from jobs_feed.sample.blocks import load_blocks
from jobs_feed.sample.dice import Dice
from jobs_feed.sample.places import make_villages
from matcher.domain.posting import Posting, PostingFacts
from matcher.office import Office
from matcher.reading import load_tools, read_posting
from matcher.reference.divisions import load_gazetteer
from matcher.trials.bench import peak_megabytes
from tests.jobs_feed.books import new_office

AS_OF = date(2026, 6, 24)
TEXTS, EVERY, MORE = 3_000, 7, 100
Advertised = tuple[Posting, PostingFacts, int]
FIRST, SECOND = "金银鑫宏恒永盛泰丰瑞祥福隆昌达通远博", "源达通顺利华茂兴盛辉信诚德泽润安康宁和"
FORMS = ("有限公司", "有限责任公司", "", "商贸有限公司", "实业有限公司")


def texts(dice: random.Random) -> list[tuple[Posting, PostingFacts]]:
    """Adverts of the sample prefecture, read once."""
    blocks = load_blocks()
    villages = make_villages(blocks, Dice("villages"), 60)
    found = []
    for number, row in enumerate(Market(blocks, Dice("postings"), villages, AS_OF).rows(TEXTS), start=1):
        reader = RowReader(TableRow("", number, dict(row), {}, frozenset(), {}), "postings", AS_OF)
        posting = read_posting_row(reader, load_gazetteer(), sender="bench")
        if posting is not None:
            found.append((posting, read_posting(posting, load_tools())))
    return found


def firms(dice: random.Random) -> Iterator[str]:
    """Names of firms, no two alike."""
    seen = set()
    while True:
        name = "".join((dice.choice(FIRST), dice.choice(SECOND), dice.choice(FIRST), dice.choice(SECOND)))
        if name not in seen:
            seen.add(name)
            yield name


def adverts(number: int, seed: int) -> Iterator[Advertised]:
    """Postings with the number of the job each is about; a firm advertises an occupation once."""
    dice = random.Random(seed)
    found, names, made, job = texts(dice), firms(dice), 0, 0
    own: dict[tuple[str, int, str], str] = {}
    while made < number:
        posting, facts = found[job % len(found)]
        firm = own.get((posting.employer, job // len(found), "")) or next(names)
        if own.setdefault((firm, 0, facts.occupation), posting.ref) != posting.ref:
            firm = next(names)
        own[posting.employer, job // len(found), ""] = firm
        phone = f"154{seed % 10}{crc32(firm.encode()) % 10_000_000:07d}"
        ref = f"{seed}-{job}"
        first = replace(posting, ref=ref, source_ref=ref, uscc="", employer=firm + FORMS[job % len(FORMS)], phone=phone)
        yield first, facts, job
        made += 1
        if job % EVERY == 0:
            yield replace(again(first, dice), ref=f"x{ref}", source_ref=f"x{ref}", sender="other"), facts, job
            made += 1
        job += 1


def again(posting: Posting, dice: random.Random) -> Posting:
    """The same advert as another sender gives it."""
    published = (posting.published_on or AS_OF) + timedelta(days=dice.randint(2, 30))
    parts = posting.description.split("。")
    dice.shuffle(parts)
    way = dice.randrange(4)
    changed = replace(posting, published_on=published)
    if way == 0:
        return replace(changed, phone="", employer=posting.employer[:4])
    if way == 1:
        return replace(changed, description="。".join(parts), title=f"急招{posting.title}")
    if way == 2:
        return replace(changed, employer="百业人力资源", description=posting.description)
    return replace(changed, description=posting.description[: len(posting.description) * 2 // 3], openings=None)


def fill(office: Office, number: int, seed: int) -> dict[int, int]:
    """Stores postings; the job each key is about."""
    jobs: dict[int, int] = {}
    for block in batched(adverts(number, seed), 2_000):
        with office.unit() as unit:
            keys = unit.postings.add_many([(posting, facts) for posting, facts, _ in block])
        jobs.update((key, job) for key, (_, _, job) in zip(keys, block, strict=True))
    return jobs


def batched(made: Iterator[Advertised], size: int) -> Iterator[list[Advertised]]:
    """Postings a few thousand at a time."""
    while block := list(islice(made, size)):
        yield block


def run(number: int) -> Iterator[str]:
    """Lines of figures."""
    with TemporaryDirectory() as folder:
        office = new_office(Path(folder))
        jobs = fill(office, number, 1)
        before = peak_megabytes()
        began, worked = perf_counter(), process_time()
        done = merge_same(office)
        seconds = f"{perf_counter() - began:.1f} s, {process_time() - worked:.1f} s of a processor"
        yield f"{done.compared} postings: {seconds}; {done.pairs} pairs compared, {done.merged} merged\n"
        yield f"peak memory {peak_megabytes():.0f} MB, {before:.0f} MB of it before comparing\n"
        yield found(office, jobs)
        fill(office, number // MORE, 2)
        began, worked = perf_counter(), process_time()
        done = merge_same(office)
        seconds = f"{perf_counter() - began:.1f} s, {process_time() - worked:.1f} s of a processor"
        yield f"{done.compared} more: {seconds}; {done.pairs} pairs compared\n"
        office.close()


def found(office: Office, jobs: dict[int, int]) -> str:
    """How many adverts that were posted twice stand together, and how many stand with another job."""
    with office.reading() as unit:
        groups, _ = unit.sameness.groups(size=len(jobs))
    right = sum(len({*group.members}) - len({jobs[key] for key in group.members}) for group in groups)
    wrong = sum(len({jobs[key] for key in group.members}) - 1 for group in groups)
    twice = len(jobs) - len(set(jobs.values()))
    return f"posted twice {twice}, found {right}; joined to another job {wrong}\n"


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postings", type=int, default=100_000)
    for line in run(options.parse_args().postings):
        sys.stdout.write(line)
        sys.stdout.flush()
