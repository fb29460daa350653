"""The policy catalogue that ships: offers, named facts, papers, questions with answers.

In: catalogue.toml, questions.toml, policy_facts.csv and policy_materials.csv of this package. Out: records.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from matcher.domain.service.policies.catalogue import Catalogue, KeptItem, QuestionAnswer
from matcher.domain.service.policies.plain_items import as_item, as_question
from matcher.domain.service.policies.rules import FactKind, Form
from matcher.reference.tables import read_table


@lru_cache(maxsize=1)
def fact_kinds() -> dict[str, FactKind]:
    """Every named fact, in the order they are best asked in."""
    return {
        row["name"]: FactKind(
            name=row["name"],
            form=Form(row["form"]),
            low=int(row["low"]),
            high=int(row["high"]),
            choices=tuple(row["choices"].split()),
            grows=bool(row["grows"]),
            private=bool(row["private"]),
            subject=row["subject"],
        )
        for row in read_table("policy_facts")
    }


@lru_cache(maxsize=1)
def shared_materials() -> dict[str, bool]:
    """Every paper by code, and whether several offers share it: shown once, it is not asked for again."""
    return {row["code"]: row["shared"] == "shared" for row in read_table("policy_materials")}


@lru_cache(maxsize=1)
def shipped_catalogue() -> Catalogue:
    """The offers that ship."""
    return Catalogue(tuple(KeptItem(item=as_item(plain)) for plain in _toml("catalogue")["item"]))


@lru_cache(maxsize=1)
def shipped_questions() -> tuple[QuestionAnswer, ...]:
    """The questions that ship."""
    return tuple(as_question(plain) for plain in _toml("questions")["question"])


def _toml(name: str) -> dict[str, Any]:
    """A TOML file of this package."""
    return tomllib.loads(files("matcher.reference").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
