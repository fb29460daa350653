"""Tests of the evaluation on judged cases; `tiny` is a set of three people."""

from pathlib import Path

TINY = Path(__file__).parent / "tiny"
