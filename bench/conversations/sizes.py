"""How much is measured."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Storm:
    """people, each of whom says so many messages as fast as they are taken."""

    people: int
    messages: int


@dataclass(frozen=True, slots=True)
class Mix:
    """Conversations of one person and luka, of three people, and of a crowd, for some seconds."""

    pairs: int = 32
    threes: int = 6
    crowds: int = 2
    crowd: int = 40
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """participants: of the conversations in which routing and delivery are measured, with so many
    messages each. asks: questions for /ask, the chat and direct messages, lanes side by side."""

    participants: tuple[int, ...] = (2, 10, 100)
    messages: int = 300
    handshakes: int = 100
    contexts: int = 300
    asks: int = 200
    lanes: int = 4
    storms: tuple[Storm, ...] = (Storm(3, 300), Storm(10, 100), Storm(100, 10))
    mix: Mix = field(default_factory=Mix)
    conversations: int = 1000
    sockets: int = 100

    @property
    def people(self) -> int:
        return max(*self.participants, self.mix.crowd, *(one.people for one in self.storms))


QUICK = Sizes(
    participants=(2, 10),
    messages=50,
    handshakes=10,
    contexts=30,
    asks=8,
    lanes=4,
    storms=(Storm(3, 50), Storm(10, 10)),
    mix=Mix(pairs=8, threes=2, crowds=1, crowd=10, seconds=4.0),
    conversations=50,
    sockets=20,
)
TINY = Sizes(
    participants=(2,),
    messages=5,
    handshakes=2,
    contexts=5,
    asks=2,
    lanes=2,
    storms=(Storm(3, 5),),
    mix=Mix(pairs=2, threes=1, crowds=1, crowd=4, seconds=0.5),
    conversations=3,
    sockets=3,
)
