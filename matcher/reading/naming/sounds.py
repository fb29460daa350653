"""Words written by their sound: 电汗工 for 电焊工, as phones propose them.

In: known phrases with their codes. Out: the code of the one known phrase of at least three characters that sounds alike
and shares a character, or nothing. pypinyin is loaded only when the first unknown phrase comes.
"""

from __future__ import annotations

from collections.abc import Mapping

from pypinyin import Style, lazy_pinyin

LEAST_LENGTH = 3
"""Two syllables sound like too many other words."""


class SoundIndex:
    """Known phrases by their syllables without tones."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        self._by_sound: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for phrase, code in codes.items():
            if len(phrase) >= LEAST_LENGTH:
                self._by_sound.setdefault(_sound(phrase), []).append((phrase, code))

    def alike(self, phrase: str) -> str:
        """The code a phrase stands for by its sound, "" where none or several do."""
        if len(phrase) < LEAST_LENGTH:
            return ""
        known = self._by_sound.get(_sound(phrase), [])
        codes = {code for alias, code in known if any(one == other for one, other in zip(alias, phrase, strict=False))}
        return codes.pop() if len(codes) == 1 else ""


def _sound(phrase: str) -> tuple[str, ...]:
    """The syllables of a phrase."""
    return tuple(lazy_pinyin(phrase, style=Style.NORMAL))
