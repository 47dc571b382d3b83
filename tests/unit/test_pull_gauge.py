"""How far a download is, as admins read it."""

from luka_bot.handlers.admin import pull_card
from luka_bot.handlers.admin.pull_gauge import Gauge
from luka_bot.llm.protocol import PullProgress
from luka_bot.locales import words_for
from luka_bot.models.ids import ChatId, MessageId, UserId
from luka_bot.models.overseer import Overseer
from luka_bot.models.pull import Phase, Pull
from tests.redis_fixtures import HandClock

OVERSEER = Overseer(UserId(9), "Olga", "en", ChatId(-1), None, MessageId(5))
GB = 10**9


def test_a_bar_says_how_much_how_fast_and_how_long(clock: HandClock) -> None:
    gauge = Gauge(0, 0, clock)
    for step in range(11):
        gauge.hear(_line("weights", int(1.0 * GB) + step * 25_000_000, int(2.8 * GB)))
        clock.forward(1)

    assert gauge.speed() == 25_000_000
    assert _shown(gauge, "en") == (
        "⬇️ <b>qwen3:8b</b>\n▓▓▓▓░░░░░░ 44 % · 1.2 of 2.8 GB · 25 MB/s · 1 min left"
    )
    assert _shown(gauge, "ru") == (
        "⬇️ <b>qwen3:8b</b>\n▓▓▓▓░░░░░░ 44 % · 1,2 из 2,8 ГБ · 25 МБ/с · ещё 1 мин"
    )


def test_what_was_there_before_says_nothing_of_the_speed(clock: HandClock) -> None:
    gauge = Gauge(0, 0, clock)
    gauge.hear(_line("weights", 0, GB))
    clock.forward(1)
    gauge.hear(_line("more", GB, GB))

    assert gauge.completed == GB
    assert gauge.speed() == 0.0


def test_after_a_restart_it_shows_what_was_known_until_the_server_says_more(
    clock: HandClock,
) -> None:
    gauge = Gauge(GB, 3 * GB, clock)
    gauge.hear(PullProgress("pulling manifest"))
    gauge.hear(_line("first", 0, GB))
    assert (gauge.completed, gauge.total) == (GB, 3 * GB)

    gauge.hear(_line("second", GB + 1, 2 * GB))
    assert (gauge.completed, gauge.total) == (GB + 1, 3 * GB)


def test_its_end_and_its_troubles_are_phases(clock: HandClock) -> None:
    gauge = Gauge(0, 0, clock)
    phases = []
    for line in (PullProgress("pulling manifest"), _line("weights", GB, GB)):
        gauge.hear(line)
        phases.append(gauge.phase)
    gauge.hear(PullProgress("verifying sha256 digest"))
    phases.append(gauge.phase)
    gauge.wait()

    assert phases == [Phase.BEGINNING, Phase.LOADING, Phase.CHECKING]
    assert "Ollama doesn't answer. I try again" in _shown(gauge, "en")


def _line(digest: str, completed: int, total: int) -> PullProgress:
    return PullProgress(f"pulling {digest}", digest, completed, total)


def _shown(gauge: Gauge, language: str) -> str:
    pull = Pull("qwen3:8b", OVERSEER, gauge.phase, gauge.completed, gauge.total)
    return pull_card.progress(words_for(language), pull, gauge.speed())
