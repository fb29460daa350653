"""Real adverts of third parties, where the folder of shared data lies beside the checkout; never copied here.

In: the two spreadsheets. Out: postings with made-up keys (reference, or file and row number), and samples of them.
"""

from __future__ import annotations

import csv
import random
import re
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.posting import Posting

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
ABOUT_AGE = re.compile(
    r"(?<!\d)[1-7]\d\s*(?:周?岁|周岁)|年\s*龄[^。；\n]{0,10}\d|(?<!\d)[1-6]\d\s*[-~—至到]+\s*[2-7]\d(?!\d)[^:：\d]"
)


def real_postings() -> dict[str, Posting]:
    """All real adverts by key; skips where the data are absent."""
    if not DATA.is_dir():
        pytest.skip("the real adverts (../shared/data) are not here")
    return {**_first_file(), **_second_file()}


def _rows(name: str, encoding: str) -> list[dict[str, str]]:
    """The rows of one file."""
    with (DATA / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def _first_file() -> dict[str, Posting]:
    """The adverts of 2015, by their own reference."""
    return {
        row["编号"]: Posting(
            ref=row["编号"],
            title=row["岗位名称"],
            employer=row["用人单位"],
            wage_text=row["薪资待遇"],
            education_text=row["学历要求"],
            sex_text=row["性别要求"],
            description=row["岗位描述"],
            published_on=date(2015, 4, 1),
        )
        for row in _rows("postings_real_1.csv", "utf-8-sig")
    }


def _second_file() -> dict[str, Posting]:
    """The adverts of 2020, by the number of their row."""
    return {
        f"r2-{number}": Posting(
            ref=f"r2-{number}",
            title=row["职位"],
            employer=row["公司名称"],
            wage_text=row["月薪"],
            description=f"{row['福利']}\n{row['职位信息']}".strip(),
            published_on=date(2020, 4, 20),
        )
        for number, row in enumerate(_rows("postings_real_2.csv", "gb18030"), start=2)
    }


def age_sample(postings: dict[str, Posting]) -> list[str]:
    """Fifty adverts whose description speaks of an age, drawn with seed 131."""
    keys = sorted(key for key, posting in postings.items() if ABOUT_AGE.search(posting.description))
    return random.Random(131).sample(keys, 50)
