"""The run as a picture: memory above, keys below, over the turns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.soak.performance import Outcome
from bench.soak.samples import Sample

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT = 64, 20
PANEL = 160  # height of one panel
TOPS = (44, 260)
TICKS = 4
STYLE = "font-family:sans-serif;font-size:12px;fill:#333"


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    colour: str
    figure: Callable[[Sample], float]


MEMORY = (
    Line("luka", "#2563eb", lambda one: one.rss),
    Line("its Valkey", "#d97706", lambda one: one.store_rss),
)
KEYS = (Line("keys", "#059669", lambda one: float(one.names)),)


def svg(outcome: Outcome) -> str:
    samples = outcome.samples
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
            "<title>Memory and keys over the turns of the soak</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            *_panel(samples, MEMORY, "Memory (RSS), MiB", TOPS[0]),
            *_panel(samples, KEYS, "Keys in Redis; every fall is a night", TOPS[1]),
            _text(WIDTH / 2, HEIGHT - 8, "turns", "middle"),
            "</svg>\n",
        ]
    )


def _panel(samples: Sequence[Sample], lines: Sequence[Line], title: str, top: int) -> Iterator[str]:
    most = _round_up(max(line.figure(one) for line in lines for one in samples))
    turns = max(samples[-1].turns, 1)
    bottom = top + PANEL
    yield _text(LEFT, top - 14, title, "start")
    for tick in range(TICKS + 1):
        y = bottom - PANEL * tick / TICKS
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield _text(LEFT - 8, y + 4, f"{most * tick / TICKS:,.0f}", "end")
        x = LEFT + _across(tick / TICKS)
        yield _text(x, bottom + 18, f"{turns * tick / TICKS:,.0f}", "middle")
    for number, line in enumerate(lines):
        places = (
            (LEFT + _across(one.turns / turns), bottom - PANEL * line.figure(one) / most)
            for one in samples
        )
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline points="{points}" fill="none" stroke="{line.colour}" stroke-width="1.5"/>'
        x = WIDTH - RIGHT - 90 * (len(lines) - number)
        yield f'<rect x="{x}" y="{top - 24}" width="12" height="12" fill="{line.colour}"/>'
        yield _text(x + 18, top - 14, line.name, "start")


def _across(part: float) -> float:
    return (WIDTH - LEFT - RIGHT) * part


def _round_up(value: float) -> float:
    """So that it and its quarter are read at a glance."""
    step = 1.0
    while True:
        for digit in (1, 2, 3, 4, 6, 8):
            if value <= digit * step:
                return digit * step
        step *= 10


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="{STYLE}">{text}</text>'
