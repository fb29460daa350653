"""What may be set aside: every ground has a stance, law and licences never, what nobody decided about never."""

from __future__ import annotations

import pytest

from matcher.choosing.grounds import Stance, stance_of, stances
from matcher.domain.match import Exclusion
from matcher.reference.lexicon import load_lexicon
from matcher.wording import load_catalogue
from web.phrases import PACKAGES


def test_every_ground_has_a_stance_and_words_in_both_languages() -> None:
    sentences = load_catalogue("matcher.wording", *PACKAGES).sentences
    codes = {code for code in sentences if code.startswith("EXCLUDED_")}
    assert codes == {code for code in stances() if code.startswith("EXCLUDED_")}
    for code in stances():
        assert sentences[code]["zh"] and sentences[code]["en"]


@pytest.mark.parametrize(
    ("code", "args", "stance"),
    [
        ("EXCLUDED_MINIMUM_WAGE", {}, Stance.NEVER),
        ("EXCLUDED_LOCAL_FIRST", {}, Stance.NEVER),
        ("EXCLUDED_POSTING_HELD", {}, Stance.FIRST),
        ("EXCLUDED_AGE", {}, Stance.WARN),
        ("EXCLUDED_CONSTRAINT", {"constraint": "PREGNANT"}, Stance.NEVER),
        ("EXCLUDED_CONSTRAINT", {"constraint": "MINOR_16_18"}, Stance.NEVER),
        ("EXCLUDED_CONSTRAINT", {"constraint": "NO_LICENSED"}, Stance.NEVER),
        ("EXCLUDED_CONSTRAINT", {"constraint": "NO_HEIGHT"}, Stance.WARN),
        ("EXCLUDED_CONSTRAINT", {"constraint": "DAY_RETURN"}, Stance.WARN),
        ("EXCLUDED_CERTIFICATE", {"certificate": "cert_low_voltage"}, Stance.NEVER),
        ("EXCLUDED_CERTIFICATE", {"certificate": "cert_home_help"}, Stance.WARN),
        ("EXCLUDED_CERTIFICATE", {"certificate": "cert_home_help cert_nurse"}, Stance.NEVER),
        ("EXCLUDED_SOMETHING_NEW", {}, Stance.NEVER),
    ],
)
def test_law_is_told_from_habit(code: str, args: dict[str, str], stance: Stance) -> None:
    assert stance_of(Exclusion(code, "BASIS_ADVERT", dict(args)), load_lexicon()) is stance
