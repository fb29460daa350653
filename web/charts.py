"""Small pictures drawn on the server.

In: numbers. Out: SVG marked safe; every number is formatted here, nothing typed by anyone gets in.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape


def effect_bar(effect: float, largest: float) -> Markup:
    """A bar to the right of the middle for what speaks for it, to the left for what speaks against."""
    length = 50.0 * min(1.0, abs(effect) / largest) if largest > 0 else 0.0
    start = 50.0 if effect >= 0 else 50.0 - length
    kind = "plus" if effect >= 0 else "minus"
    return Markup(
        '<svg class="effect" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="ground" x="0" y="4" width="100" height="2"/>'
        f'<rect class="{kind}" x="{start:.1f}" y="1" width="{length:.1f}" height="8" rx="1"/>'
        '<rect class="middle" x="49.7" y="0" width="0.6" height="10"/></svg>'
    )


def share_bar(parts: Sequence[tuple[str, int]], label: str) -> Markup:
    """One bar of several shares; `parts` are (class, count)."""
    total = sum(count for _, count in parts)
    drawn, x = [], 0.0
    for kind, count in parts:
        width = 100.0 * count / total if total else 0.0
        drawn.append(f'<rect class="{escape(kind)}" x="{x:.2f}" y="0" width="{width:.2f}" height="10"/>')
        x += width
    head = (
        f'<svg class="shares" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{escape(label)}">'
    )
    return Markup(head + "".join(drawn) + "</svg>")


def ring(share: float, label: str) -> Markup:
    """A ring filled to a share in [0, 1]."""
    filled = 100.0 * min(1.0, max(0.0, share))
    return Markup(
        f'<svg class="ring" viewBox="0 0 36 36" role="img" aria-label="{escape(label)}">'
        '<circle class="ground" cx="18" cy="18" r="15.915" pathLength="100"/>'
        f'<circle class="fill" cx="18" cy="18" r="15.915" pathLength="100" stroke-dasharray="{filled:.1f} 100"'
        ' transform="rotate(-90 18 18)"/></svg>'
    )
