"""One form for all lines, and no secret in any of them."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from aiohttp.http_exceptions import BadHttpMessage
from pydantic import SecretStr

from luka_bot.logs import QUIET, configure_logs, redact

TOKEN = "123456789:" + "A" * 35


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    before = structlog.get_config()
    levels = {name: logging.getLogger(name).level for name in QUIET}
    yield
    root.setLevel(level)
    root.handlers[:] = handlers
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)
    structlog.configure(**before)


def lines(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_our_lines_and_a_library_s_have_the_same_form() -> None:
    stream = StringIO()
    configure_logs("info", stream)

    structlog.get_logger("luka_bot.turns").info("turn.finished", seconds=1.5)
    logging.getLogger("aiohttp.server").info("Served %d", 7)

    ours, theirs = lines(stream)
    assert ours.keys() - theirs.keys() == {"seconds"}
    assert (ours["event"], ours["logger"], ours["level"]) == (
        "turn.finished",
        "luka_bot.turns",
        "info",
    )
    assert theirs["event"] == "Served 7"


def test_ids_of_the_context_stand_in_every_line() -> None:
    stream = StringIO()
    configure_logs("info", stream)

    with structlog.contextvars.bound_contextvars(turn_id="t1"):
        structlog.get_logger("luka_bot").info("ours")
        logging.getLogger("library").warning("theirs")

    assert [line["turn_id"] for line in lines(stream)] == ["t1", "t1"]


@pytest.mark.parametrize("kind", [StringIO, Terminal])
def test_a_token_reaches_no_line_whichever_way_it_comes(kind: type[StringIO]) -> None:
    stream = kind()
    configure_logs("debug", stream)
    log = structlog.get_logger("luka_bot")

    log.info("call", url=f"https://api.telegram.org/bot{TOKEN}/getMe", deep={"a": [TOKEN]})
    log.info(TOKEN, secret=SecretStr("whatever it is"), error=ValueError(TOKEN))
    logging.getLogger("library").warning("GET %s", f"/file/bot{TOKEN}/photo.jpg")
    try:
        raise RuntimeError(f"bad token {TOKEN}")
    except RuntimeError:
        log.exception("failed")

    said = stream.getvalue()
    assert "RuntimeError: bad token [token]" in said
    assert TOKEN.partition(":")[2] not in said
    assert "whatever it is" not in said


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (f"/bot{TOKEN}/getMe", "/bot[token]/getMe"),
        ("/bot1:demo/getMe", "/bot[token]/getMe"),
        (TOKEN.replace(":", "%3A"), "[token]"),
        ("redis://luka:hunter2@cache:6379/0", "redis://luka:[password]@cache:6379/0"),
        ("redis://:hunter2@cache", "redis://:[password]@cache"),
        (
            "redis+sentinel://h1,h2/luka/0?sentinel_username=bob&sentinel_password=hunter2",
            "redis+sentinel://h1,h2/luka/0?sentinel_username=bob&sentinel_password=[secret]",
        ),
        ("http://models/v1?api_key=hunter2&n=1", "http://models/v1?api_key=[secret]&n=1"),
        (
            "http://127.0.0.1:11434/api/chat at 12:30:05",
            "http://127.0.0.1:11434/api/chat at 12:30:05",
        ),
    ],
)
def test_redaction_takes_the_secret_and_leaves_the_rest(text: str, safe: str) -> None:
    assert redact(text) == safe


def test_on_a_terminal_lines_are_for_people() -> None:
    stream = Terminal()
    configure_logs("info", stream)

    structlog.get_logger("luka_bot").info("turn.finished", seconds=1.5)

    assert "turn.finished" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_lines_below_the_level_are_left_out() -> None:
    stream = StringIO()
    configure_logs("warning", stream)

    structlog.get_logger("luka_bot").info("small")
    structlog.get_logger("luka_bot").warning("large")

    assert [line["event"] for line in lines(stream)] == ["large"]


def test_libraries_that_tell_of_every_request_are_quiet_even_in_debug() -> None:
    stream = StringIO()
    configure_logs("debug", stream)

    for name in ("httpx", "httpcore.http11", "aiogram.event", "aiohttp.access"):
        logging.getLogger(name).info("a request")

    assert stream.getvalue() == ""


def test_what_is_no_http_is_told_without_a_word_of_it_and_only_in_debug() -> None:
    quiet, curious = StringIO(), StringIO()

    for level, stream in (("info", quiet), ("debug", curious)):
        configure_logs(level, stream)
        try:
            raise BadHttpMessage("PRIVATE")
        except BadHttpMessage:
            logging.getLogger("aiohttp.server").exception("Error handling request from 127.0.0.1")

    assert quiet.getvalue() == ""
    assert [line["event"] for line in lines(curious)] == ["request.unreadable: BadHttpMessage"]
    assert "PRIVATE" not in curious.getvalue()


def test_a_fault_of_our_own_in_a_handler_is_told_whole() -> None:
    stream = StringIO()
    configure_logs("info", stream)

    try:
        raise KeyError("ours")
    except KeyError:
        logging.getLogger("aiohttp.server").exception("Error handling request")

    assert "KeyError: 'ours'" in stream.getvalue()


def test_configuring_again_replaces_the_stream() -> None:
    first, second = StringIO(), StringIO()
    configure_logs("info", first)
    configure_logs("info", second)

    structlog.get_logger("luka_bot").info("once")

    assert first.getvalue() == ""
    assert len(lines(second)) == 1
