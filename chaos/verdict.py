"""What people said, compared with what they got."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from chaos.aftermath import seen_at, waiting
from chaos.chats import Seen
from chaos.stage import Stage
from chaos.stored import stored


@dataclass(slots=True)
class Verdict:
    """Lines tell each case. explained: extra messages whose first copy died on the wire."""

    lost: list[str] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    taps: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    immortal: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)

    @property
    def broken(self) -> dict[str, list[str]]:
        """Promises that weren't kept, each with its cases."""
        promises = {
            "lost": self.lost,
            "said twice": self.repeated,
            "out of order": self.disordered,
            "in a wrong thread": self.elsewhere,
            "not stored once": self.amiss,
            "Stop buttons left": self.stops,
            "taps without effect": self.taps,
            "stuck in the inbox": self.stuck,
            "dead letters": self.dead,
            "keys without a lifetime": self.immortal,
            "tracebacks": self.tracebacks,
        }
        return {name: cases for name, cases in promises.items() if cases}


async def judge(stage: Stage) -> Verdict:
    seen = seen_at(stage)
    kept = await stored(stage.store.redis, stage.ledger.questions)
    entries = await waiting(stage.store.redis)
    verdict = Verdict(
        lost=[_tell(stage, one) for one in seen if _lost(one)],
        disordered=list(_disordered(seen)),
        elsewhere=[*kept.elsewhere, *_strangers(stage)],
        amiss=kept.amiss,
        stops=[str(one.question) for one in seen if one.shows_stop],
        taps=stage.ledger.unanswered_taps,
        stuck=[f"{entries} updates"] if entries else [],
        dead=kept.dead,
        immortal=kept.immortal,
        tracebacks=list(_tracebacks(stage)),
    )
    _sort_copies(stage, seen, verdict)
    return verdict


def _lost(seen: Seen) -> bool:
    return not seen.answered and not seen.question.stopped


def _sort_copies(stage: Stage, seen: list[Seen], verdict: Verdict) -> None:
    """A send that died on the wire explains one message too many, and no more."""
    for one in seen:
        extra = one.extra
        if not extra:
            continue
        died = sum(place.orphan for place in one.places)
        line = _tell(stage, one)
        verdict.explained += [line] * min(died, len(extra))
        verdict.repeated += [line] * max(0, len(extra) - died)


def _disordered(seen: list[Seen]) -> Iterator[str]:
    """Within a thread answers begin in the order of their questions."""
    by_thread = sorted(seen, key=lambda one: (one.question.token.place, one.question.token))
    for _, group in itertools.groupby(by_thread, key=lambda one: one.question.token.place):
        told = [one for one in group if one.places and not one.question.stopped]
        for before, after in itertools.pairwise(told):
            if before.places[0].message_id > after.places[0].message_id:
                yield f"{after.question} was answered before {before.question}"


def _strangers(stage: Stage) -> Iterator[str]:
    for token, other in stage.oracle.strangers.items():
        yield f"the model was told of {other} with {token}"


def _tracebacks(stage: Stage) -> Iterator[str]:
    for replica in stage.replicas:
        for line in replica.log.read_text("utf-8", "replace").splitlines():
            if "Traceback (most recent call last)" in line:
                yield f"{replica.log.name}: {_headline(line)}"


def _headline(line: str) -> str:
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    last = str(entry.get("exception", "")).strip().splitlines()[-1:]
    return f"{entry.get('event')} {''.join(last)}"


def _tell(stage: Stage, seen: Seen) -> str:
    stories = [stage.witness.story(place.message_id) for place in seen.places]
    return f"{seen.question}: {'; '.join(stories) or 'nothing was seen'}"
