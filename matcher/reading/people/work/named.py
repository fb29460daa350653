"""What a cell names: trades, skills and papers of the lexicon.

In: a cell and the linker. Out: `Mention`s in its folded text, the clause around one as evidence, and words that say how
a mention is meant.
"""

from __future__ import annotations

import re

from matcher.domain.facts import Evidence
from matcher.reading.linking import Kind, Mention
from matcher.reading.negation import Polarity, clause_at
from matcher.reading.people.cells import Cell
from matcher.reading.tools import ReadingTools

PAPER_KINDS = frozenset({"certificate", "licence", "health_certificate"})
HELD = frozenset({Polarity.AFFIRMED, Polarity.PAST})
WISHED = re.compile(
    r"(?:想|愿意?|希望|打算|要是|能|可以|盼着?|求|意向|适合|最好|琢磨|寻思|合计|惦记|稀罕|打听|介绍|安排|推荐|找)(?:是)?(?:去|再|个|份|找|干|做|当|学|点|一|到)|就能$|有没有|稀罕|打听|(?:撺掇|劝|让|叫|招|喊|鼓动|约)[他她我]?去|攒[一-龥]{0,2}钱|(?:撺掇|劝|让|叫|招|喊|鼓动)[他她我](?:去|干|当|做|到)"
)
ONLY_IF = re.compile(
    r"骗[一-龥]{0,6}$|要是|如果|假如|若是|要不是|早知道|(?:^|[他她我])要(?:会|有)$|^[他她我]?要(?:会|有)[一-龥]{1,6}早"
)
"""What follows is only thought of."""
CARES = re.compile(r"回家|给(?:老人|孩子|家人|婆婆|公公|爹|妈|老伴|孙|娃|家里)|家里(?:老人|孩子)|照顾")


def mentions(cell: Cell, tools: ReadingTools, kind: Kind) -> tuple[Mention, ...]:
    """Mentions in the folded text of a cell."""
    return tools.linker.mentions(cell.text, kind)


def is_paper(code: str, tools: ReadingTools) -> bool:
    """Whether a skill code is a certificate, licence or health certificate."""
    entry = tools.lexicon.skills.get(code)
    return entry is not None and entry.kind in PAPER_KINDS


def told(cell: Cell, found: Mention) -> Evidence:
    """The clause a mention stands in, as evidence."""
    clause = clause_at(cell.text, found.start)
    return cell.evidence(min(clause.start, found.start), max(clause.end, found.end))
