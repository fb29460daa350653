"""The document taken at its word by schemathesis: requests made from it, valid and not, in process.

Nothing may end in an error of ours, and every answer must be one the document tells of, in its shape.
"""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.web.api.asking import Program
from web.api.document import the_document
from web.pace import PACE

OPERATIONS = [(path, method) for path, methods in the_document()["paths"].items() for method in methods]
EXAMPLES = 2
LEFT_OUT = [positive_data_acceptance]
"""What is well-formed may still be refused: a date in the future, a person of another division."""


@pytest.fixture(scope="module")
def schema(looking: Program) -> schemathesis.BaseSchema:
    """The document as the running app sends it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", looking.world.app)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: str(part))
def test_no_request_made_from_the_document_surprises(
    looking: Program, schema: schemathesis.BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    app = looking.world.app
    known = {"key": looking.world.bao, "posting": looking.world.posting}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method.upper()].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        app.extensions.pop(PACE, None)
        if mode is GenerationMode.POSITIVE:
            case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
        case.call_and_validate(headers={"Authorization": f"Bearer {looking.token}"}, excluded_checks=LEFT_OUT)

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, "nothing valid can be made of the document"
