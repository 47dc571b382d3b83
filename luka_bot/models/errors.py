"""Everything that can go wrong, in one tree.

LukaError
├── Refused                    the person asked for what can't be done; nothing was changed
│   ├── ThreadGone             no such thread (deleted, expired, or never theirs to know of)
│   ├── NotYours               the thread is somebody else's
│   ├── TooManyThreads         the limit of threads a person is reached
│   ├── TooManyWaiting         so many questions of theirs wait already
│   ├── NameInvalid            a thread's name is empty or too long
│   ├── TurnGone               the turn to go on with is no longer there
│   ├── NotLastTurn            only the last answer of a thread can be written anew
│   ├── BeingWritten           that very answer is on its way already
│   ├── NotLetIn               they may not talk to luka (yet); from here on in people_errors.py
│   ├── NotPermitted           who they are, or where, doesn't let them; kinds in people_errors.py
│   ├── TooFast                so many messages and taps that luka takes no more for a moment
│   ├── DayLimitReached        they had as much of the model today as they may have
│   ├── CheckFailed            Telegram didn't say who they are in a group, so they may not
│   ├── ZoneUnknown            there is no time zone of that name
│   ├── PersonGone             nobody is known by that name
│   ├── AccountRefused         a name or a password that can't be; kinds in people_errors.py
│   ├── InviteGone             used up, revoked, expired, or never made
│   ├── JobRefused             about a job or a file; kinds in job_errors.py
│   └── NotInConversation      and more of conversations: see conversation_errors.py
├── StorageAway                Redis can't be reached; what was asked is not lost, only late
│   ├── StorageRefuses         it is there, and takes no writes
│   └── ReplicaLost            others took us for dead; in a moment we have a new place
├── TurnTaken                  another process goes on with this turn
├── InboxFull                  as many updates wait as may; Telegram keeps the rest
├── StorageOfAnotherBot        this Redis holds another bot's updates
├── DataDirTaken               another luka keeps its data in the same DATA_DIR
├── DataDirUnusable            luka can't keep its data in DATA_DIR
├── AddressTaken               nothing can listen where luka was told to
├── SettingsInvalid            luka can't start with what the operator wrote
├── TokenRefused               Telegram doesn't know our BOT_TOKEN
└── ModelError                 the answer can't be written, or not to its end
    ├── ModelAway              nobody listens at the model's address
    ├── ModelMissing           the server runs, but hasn't got this model
    │   └── ModelNotServed     and nobody can pull it there, for the server isn't Ollama
    ├── ModelBusy              the server has too much to do, or still loads its model
    ├── ModelKeyRefused        the server asks for another key than the one it was given
    ├── ModelOutOfMemory       the model doesn't fit into the machine's memory
    ├── ModelFailed            any other refusal of the model's server; a kind in tool_errors.py
    ├── ModelStalled           no first word, or no further word, for too long
    ├── AnswerCut              the stream broke before the answer's end
    ├── AnswerEmpty            the model ended without a word
    └── ContextTooLong         the question alone is longer than the model can read
"""

from pathlib import Path

from luka_bot.models.ids import ThreadId


class LukaError(Exception):
    """Root of all errors that we raise on purpose."""


class Refused(LukaError):
    """Said to the person as it is; nothing was changed."""


class ThreadGone(Refused):
    def __init__(self, thread_id: ThreadId) -> None:
        super().__init__(thread_id)
        self.thread_id = thread_id


class NotYours(Refused):
    def __init__(self, thread_id: ThreadId) -> None:
        super().__init__(thread_id)
        self.thread_id = thread_id


class TooManyThreads(Refused):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooManyWaiting(Refused):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NameInvalid(Refused):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TurnGone(Refused):
    """The question to go on with has been trimmed, cleared or has expired."""


class NotLastTurn(Refused):
    """Something was said in the thread after this turn."""


class BeingWritten(Refused):
    """A second tap, or one on a button that was there a moment too long."""


class StorageAway(LukaError):
    """Redis didn't answer, or refused for now (loading, out of memory, read-only)."""


class StorageRefuses(StorageAway):
    """why: the server's or the client's word for it, such as OOM or ReadOnlyError."""

    def __init__(self, why: str, detail: str) -> None:
        super().__init__(detail)
        self.why = why


class ReplicaLost(StorageAway):
    """Others have its work: what it still stores or says of that changes nothing."""


class TurnTaken(LukaError):
    """Ours was taken for dead; what we say now would be said twice."""


class InboxFull(LukaError):
    """limit: INBOX_LIMIT, in updates."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class StorageOfAnotherBot(LukaError):
    """Two bots on one inbox would answer each other's people. owner: whose it is, asker: ours."""

    def __init__(self, owner: int, asker: int) -> None:
        super().__init__(
            f"this Redis belongs to bot {owner}; give each bot its own database or DATA_DIR "
            f"(to hand this one over to bot {asker}, delete its key inbox:bot)"
        )
        self.owner = owner
        self.asker = asker


class AddressTaken(LukaError):
    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"luka can't listen at {host}:{port} ({reason}); choose another WEB_HOST or WEB_PORT"
        )
        self.host = host
        self.port = port


class SettingsInvalid(LukaError):
    """lines: one for each wrong setting, with its full name and without its value."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class TokenRefused(LukaError):
    """BOT_TOKEN is malformed, revoked or somebody's guess."""


class DataDirTaken(LukaError):
    """Two embedded servers on the same files would destroy them; pid is the other luka's."""

    def __init__(self, data_dir: Path, pid: int | None) -> None:
        super().__init__(
            f"another luka (pid {pid}) uses {data_dir}; give this one its own DATA_DIR"
        )
        self.data_dir = data_dir
        self.pid = pid


class DataDirUnusable(LukaError):
    def __init__(self, data_dir: Path, reason: str) -> None:
        super().__init__(f"luka can't keep its data in DATA_DIR ({data_dir}): {reason}")
        self.data_dir = data_dir
        self.reason = reason


class ModelError(LukaError):
    """The model's side of a turn went wrong."""


class ModelAway(ModelError):
    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class ModelMissing(ModelError):
    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.model = model


class ModelNotServed(ModelMissing):
    """The server has an OpenAI API; it serves what it was started with."""


class ModelBusy(ModelError):
    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class ModelKeyRefused(ModelError):
    """No key, a wrong one, or one that may not do this."""


class ModelOutOfMemory(ModelError):
    def __init__(self, model: str, detail: str) -> None:
        super().__init__(model, detail)
        self.model = model
        self.detail = detail


class ModelFailed(ModelError):
    """status is the HTTP status, or 200 when the error came inside the stream."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail


class ModelStalled(ModelError):
    """seconds: how long we waited for the first or the next word."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class AnswerCut(ModelError):
    """The connection closed, or the stream ended without its last line."""


class AnswerEmpty(ModelError):
    """The model finished properly and said nothing."""


class ContextTooLong(ModelError):
    """Even without any history the prompt doesn't fit."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit
