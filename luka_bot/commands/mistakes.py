"""What is said to who typed a command that can't be."""

from cyclopts import CycloptsError, UnusedCliTokensError

WRONG_USE = 2  # exit code, as everywhere in shells
_WITH_PASSWORDS = {"add", "password"}


def mistake(error: CycloptsError, program: str) -> str:
    """One line that names the help, and never a word that may be part of a password."""
    chain = list(error.command_chain or ())
    command = " ".join([program, *chain])
    if _WITH_PASSWORDS.intersection(chain):
        return (
            f"`{chain[-1]}` can't be used like that; a password with spaces needs quotes, and one "
            f"that begins with “-” stands behind “--”. `{command} --help` shows how."
        )
    match error:
        case UnusedCliTokensError(unused_tokens=[str(first), *_]):
            said = f"{program} doesn't know “{first}”."
        case _:
            said = str(error)
    return f"{said} `{command} --help` shows what there is."
