"""The terminal's door. Imports lazily: aiogram alone takes seconds, and --help shouldn't."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from cyclopts import App, CycloptsError

from luka_bot import __version__
from luka_bot.commands.mistakes import WRONG_USE, mistake

if TYPE_CHECKING:
    from luka_bot.config import Settings
    from luka_bot.health import Finding

TOKENLESS = """\
luka needs BOT_TOKEN: get one from @BotFather in Telegram, put it into .env (see .env.example).
To look around first, without a token, run `make demo` (or `luka-bot demo`)."""
NOT_A_BOT = """\
Telegram doesn't know this BOT_TOKEN.
Ask @BotFather for the right one (/mybots, API Token) and put it into .env."""

app = App(name="luka-bot", version=__version__, help="A self-hosted AI assistant in Telegram.")

# Read when they are asked for.
for _name, _help in {
    "users": "People: who there is, who may talk, and who can sign in.",
    "invites": "Links by which people come in.",
    "audit": "Who did what to whom in the last 90 days.",
    "stats": "How much luka is used.",
    "jobs": "Jobs: hand in, approve, do by hand, and look at them.",
}.items():
    app.command(f"luka_bot.commands.{_name}:app", name=_name, help=_help)


def main() -> None:
    try:
        app(print_error=False, exit_on_error=False)
    except CycloptsError as error:
        _fail(mistake(error, "luka-bot"))
        sys.exit(WRONG_USE)


@app.default
def default() -> int:
    """Run the bot, as `run` does."""
    return run()


@app.command
def run() -> int:
    """Run the bot until Ctrl-C or SIGTERM."""
    settings = _settings()
    if not settings.bot_token.get_secret_value():
        return _fail(TOKENLESS)
    from luka_bot import app as root
    from luka_bot.models.errors import LukaError, TokenRefused

    try:
        _until_signalled(lambda stop: root.run(settings, stop, say=print))
    except TokenRefused:
        return _fail(NOT_A_BOT)
    except LukaError as error:
        return _fail(str(error))
    return 0


@app.command
def worker() -> int:
    """Do jobs until Ctrl-C or SIGTERM, beside a luka that runs; as many workers as you like."""
    settings = _settings()
    from luka_bot.job_worker import run_worker
    from luka_bot.models.errors import LukaError

    try:
        _until_signalled(lambda stop: run_worker(settings, stop))
    except LukaError as error:
        return _fail(str(error))
    return 0


@app.command
def demo(*, port: int = 8765) -> int:
    """Talk to luka in a browser: no token, no Redis and no Ollama needed.

    Parameters
    ----------
    port
        Where the page is served on this machine; 0 takes a free one.
    """
    settings = _settings(quiet=True)
    from luka_bot.demo.run import run_demo
    from luka_bot.models.errors import LukaError

    try:
        _until_signalled(lambda stop: run_demo(settings, port, stop, print))
    except LukaError as error:
        return _fail(str(error))
    return 0


@app.command
def chat() -> int:
    """Talk to luka here in the terminal."""
    settings = _settings(quiet=True)
    from luka_bot.composition import open_services
    from luka_bot.models.errors import LukaError
    from luka_bot.terminal import Terminal
    from luka_bot.typed_lines import TypedLines

    async def talk() -> None:
        async with open_services(settings, attach=True) as services:
            with TypedLines.of(sys.stdin.fileno()) as lines:
                await Terminal(services, lines).run()

    try:
        asyncio.run(talk())
    except LukaError as error:
        return _fail(str(error))
    return 0


@app.command
def doctor() -> int:
    """Check token, Redis, Ollama and model; say what is wrong and how to mend it."""
    settings = _settings(quiet=True)
    from luka_bot.doctor import examine

    return _told(asyncio.run(examine(settings)))


@app.command
def health() -> int:
    """Exit with 0 if the bot that runs here is ready; else say what is wrong and what helps."""
    settings = _settings(quiet=True)
    from luka_bot.health import heard_from_telegram, readiness

    if settings.web_port:
        return _told(readiness(settings))
    return _told([asyncio.run(heard_from_telegram(settings))])


@app.command
def config() -> int:
    """Show every setting as it is in force, without secrets."""
    settings = _settings(quiet=True)
    from luka_bot.shown_settings import lines

    print("\n".join(lines(settings)))
    return 0


def _settings(*, quiet: bool = False) -> "Settings":
    """quiet: only warnings are logged, because somebody reads what we print."""
    from luka_bot.commands.settings import read_settings

    return read_settings(quiet=quiet)


def _until_signalled(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """The first Ctrl-C or SIGTERM sets the event, so that work can end in order."""

    async def guarded() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, stop.set)
            except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt
                continue
        await work(stop)

    asyncio.run(guarded())


def _told(findings: "Sequence[Finding]") -> int:
    """The exit code: 1 if one of them is bad."""
    for finding in findings:
        print(f"{'ok  ' if finding.well else 'BAD '} {finding.what}: {finding.says}")
        if finding.note:
            print(f"     {finding.note}")
        if finding.remedy:
            print(f"     → {finding.remedy}")
    return 0 if all(finding.well for finding in findings) else 1


def _fail(text: str) -> int:
    print(text, file=sys.stderr)
    return 1
