"""Small pictures drawn on the server.

In: numbers. Out: SVG marked safe; every number is formatted here, nothing typed by anyone gets in.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

_EFFECT = Markup(
    '<svg class="effect" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect class="ground" x="0" y="4" width="100" height="2"/>'
    '<rect class="{kind}" x="{start:.1f}" y="1" width="{length:.1f}" height="8" rx="1"/>'
    '<rect class="middle" x="49.7" y="0" width="0.6" height="10"/></svg>'
)
_SHARES = Markup(
    '<svg class="shares" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{label}">{parts}</svg>'
)
_SHARE = Markup('<rect class="{kind}" x="{x:.2f}" y="0" width="{width:.2f}" height="10"/>')
_RING = Markup(
    '<svg class="ring" viewBox="0 0 36 36" role="img" aria-label="{label}">'
    '<circle class="ground" cx="18" cy="18" r="15.915" pathLength="100"/>'
    '<circle class="fill" cx="18" cy="18" r="15.915" pathLength="100" stroke-dasharray="{filled:.1f} 100"'
    ' transform="rotate(-90 18 18)"/></svg>'
)


def effect_bar(effect: float, largest: float) -> Markup:
    """A bar to the right of the middle for what speaks for it, to the left for what speaks against."""
    length = 50.0 * min(1.0, abs(effect) / largest) if largest > 0 else 0.0
    start = 50.0 if effect >= 0 else 50.0 - length
    return _EFFECT.format(kind="plus" if effect >= 0 else "minus", start=start, length=length)


def share_bar(parts: Sequence[tuple[str, int]], label: str) -> Markup:
    """One bar of several shares; `parts` are (class, count)."""
    total = sum(count for _, count in parts)
    drawn, x = Markup(""), 0.0
    for kind, count in parts:
        width = 100.0 * count / total if total else 0.0
        drawn += _SHARE.format(kind=kind, x=x, width=width)
        x += width
    return _SHARES.format(label=label, parts=drawn)


def ring(share: float, label: str) -> Markup:
    """A ring filled to a share in [0, 1]."""
    return _RING.format(label=label, filled=100.0 * min(1.0, max(0.0, share)))
