"""How strongly two reports look like tellings of one incident: the sum of the weights of their signs.

Weights are natural logarithms of odds. Day and place alone never suffice: a sign that tells incidents of one day and
place apart has to be among them.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.merge.rules import Rules
from pipelines.merge.sights import Sight
from pipelines.merge.signs import list_signs


def measure_likeness(a: Sight, b: Sight, rules: Rules) -> float | None:
    """The strength of the pair, None if the two cannot be one incident."""
    if a.article.article_id == b.article.article_id or a.report.event_clarity != b.report.event_clarity:
        return None
    signs = list_signs(a, b, rules)
    return weigh_signs(signs, rules) if signs and not is_ruled_out(signs, rules) else None


def is_ruled_out(signs: Sequence[str], rules: Rules) -> bool:
    """Whether a sign forbids the pair; only the same text is stronger, for then a reading erred.

    >>> from pipelines.merge.rules import load_rules
    >>> is_ruled_out(["same_day", "same_name", "rival_parties"], load_rules())
    True
    """
    return "same_text" not in signs and not rules.forbidding.isdisjoint(signs)


def weigh_signs(signs: Sequence[str], rules: Rules) -> float:
    """The sum of the signs' weights, held below what joins if nothing among them is telling."""
    strength = sum((rules.weights[sign] for sign in signs), rules.weights["always"])
    return strength if is_telling(signs, rules) else min(strength, rules.enough - rules.weights["untold"])


def is_telling(signs: Sequence[str], rules: Rules) -> bool:
    """Whether a sign says more than day, place and type.

    >>> from pipelines.merge.rules import load_rules
    >>> is_telling(["same_day", "same_name", "same_type", "party_missing", "no_figures"], load_rules())
    False
    """
    return not rules.telling.isdisjoint(signs)
