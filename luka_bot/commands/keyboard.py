"""What commands ask of who typed them."""

import sys
from getpass import getpass


def new_password(given: str | None) -> str:
    """As given; else typed twice unseen, or one line of what isn't a terminal. May end the process,
    and then nothing was changed."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return _line()
    try:
        typed, again = getpass("Password: "), getpass("Once more: ")
    except (KeyboardInterrupt, EOFError):
        sys.exit("\nNothing was changed.")
    if typed != again:
        sys.exit("The two aren't the same. Nothing was changed.")
    return typed


def agreed(question: str) -> bool:
    """Anything but a y is a no."""
    sys.stdout.write(f"{question} [y/N] ")
    sys.stdout.flush()
    try:
        answer = _line()
    except KeyboardInterrupt:
        answer = ""
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    return answer.strip().casefold() in {"y", "yes"}


def _line() -> str:
    """What isn't UTF-8 comes through as it would in an argument."""
    return sys.stdin.buffer.readline().decode("utf-8", "surrogateescape").rstrip("\r\n")
