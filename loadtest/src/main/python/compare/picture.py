"""Bars on a logarithmic axis as SVG, with colours of their own for dark and for light."""

import math
from dataclasses import dataclass
from html import escape

from report import number

WIDTH, LABELS, VALUES, BAR, GAP, HEAD, FOOT = 820, 320, 70, 16, 8, 56, 14
STYLE = """
.ground{fill:#fff}.text{fill:#24292f;font:13px system-ui,sans-serif}.title{font-weight:600}.tick{font-size:11px}
.line{stroke:#d0d7de}.peer{fill:#8b949e}.alta{fill:#1f6feb}.ceiling{fill:#bf8700}
@media (prefers-color-scheme:dark){.ground{fill:#0d1117}.text{fill:#e6edf3}.line{stroke:#30363d}
.peer{fill:#6e7681}.alta{fill:#58a6ff}.ceiling{fill:#d29922}}
"""


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    # alta, peer or ceiling
    kind: str


def bars(panels):
    """panels: from title to a list of Bar; each has an axis of its own, from a power of ten below the least."""
    parts, top = [], 0
    for title, lines in panels.items():
        panel, height = _panel(title, [line for line in lines if line.value > 0], top)
        parts += panel
        top += height
    size = f'viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" height="{top}"'
    ground = f'<rect class="ground" width="{WIDTH}" height="{top}"/>'
    words = escape("; ".join(panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{words}">'
        f"<style>{STYLE}</style>\n{ground}\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _panel(title, lines, top):
    height = HEAD + len(lines) * (BAR + GAP) + FOOT
    parts = [f'<text class="text title" x="12" y="{top + 20}">{escape(title)} (logarithmic axis)</text>']
    if not lines:
        return parts, height
    low = math.floor(math.log10(min(line.value for line in lines)) - 0.05)
    high = math.log10(max(line.value for line in lines))
    span = max(high - low, 0.1)
    room = WIDTH - LABELS - VALUES
    for power in range(low, math.floor(high) + 1):
        x = LABELS + room * (power - low) / span
        ends = f'y1="{top + HEAD - 6}" y2="{top + height - FOOT}"'
        parts.append(f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" {ends}/>')
        place = f'x="{x:.1f}" y="{top + HEAD - 12}" text-anchor="middle"'
        parts.append(f'<text class="text tick" {place}>{10**power:,}</text>')
    for place, line in enumerate(lines):
        y = top + HEAD + place * (BAR + GAP)
        length = max(2, room * (math.log10(line.value) - low) / span)
        parts.append(f'<text class="text" x="{LABELS - 8}" y="{y + 13}" text-anchor="end">{escape(line.label)}</text>')
        box = f'x="{LABELS}" y="{y}" width="{length:.1f}" height="{BAR}"'
        parts.append(f'<rect class="{line.kind}" {box} rx="2"/>')
        parts.append(f'<text class="text" x="{LABELS + length + 6:.1f}" y="{y + 13}">{number(line.value)}</text>')
    return parts, height
