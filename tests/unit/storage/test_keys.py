"""Keys as the seed names them, and a lifetime for each."""

from datetime import timedelta

import pytest

from luka_bot.models.ids import ThreadId, TurnId, UpdateId, UserId
from luka_bot.models.lives import Lives
from luka_bot.storage import keys

THREAD, ANN = ThreadId("ab" * 16), UserId(922705)


def test_the_seeds_names_are_kept() -> None:
    assert [
        keys.thread(THREAD),
        keys.user_threads(ANN),
        keys.user_active_thread(ANN),
        keys.thread_history(THREAD),
        keys.llm_history(ANN),
    ] == [
        f"thread:{THREAD}",
        "user_threads:922705",
        "user_active_thread:922705",
        f"thread_history:{THREAD}",
        "llm_history:922705",
    ]


@pytest.mark.parametrize(
    ("key", "days"),
    [
        (keys.thread(THREAD), 30),
        (keys.user_threads(ANN), 30),
        (keys.user_active_thread(ANN), 30),
        (keys.thread_history(THREAD), 7),
        (keys.llm_history(ANN), 7),
        (keys.turn(TurnId("u1")), 2),
        (keys.replies(UpdateId(1)), 2),
        (keys.inbox_seen(UpdateId(1)), 2),
        (keys.INBOX_DEAD, 14),
    ],
)
def test_each_key_has_its_lifetime(key: str, days: int) -> None:
    assert keys.lifetime(key) == timedelta(days=days)


def test_what_was_said_lives_as_the_operator_decides() -> None:
    lives = Lives(threads=timedelta(days=3), history=timedelta(days=2))

    assert keys.lifetime(keys.user_active_thread(ANN), lives) == lives.threads
    assert keys.lifetime(keys.llm_history(ANN), lives) == lives.history
    assert keys.lifetime(keys.INBOX_DEAD, lives) == timedelta(days=14)


def test_short_lives() -> None:
    assert keys.lifetime(keys.trash(THREAD)) == timedelta(minutes=10)
    assert keys.lifetime(keys.trash_history(THREAD)) == timedelta(minutes=10)
    assert keys.lifetime(keys.POLL_SEEN) == timedelta(seconds=120)
    assert keys.lifetime(keys.lease("poller")) == timedelta(minutes=10)


def test_what_stays_says_why() -> None:
    assert keys.lifetime(keys.INBOX_REPLICAS) is None
    assert keys.lifetime(keys.INBOX_BOT) is None
    assert all(reason for reason in keys.PERMANENT.values())


def test_a_strange_key_has_no_lifetime() -> None:
    with pytest.raises(KeyError):
        keys.lifetime("threads:1")


def test_no_kind_of_key_is_forgotten() -> None:
    kinds = [kind for kind in vars(keys).values() if isinstance(kind, keys.Keys)]
    assert [keys.lifetime(f"{kind.prefix}1") for kind in kinds] == [kind.life for kind in kinds]
