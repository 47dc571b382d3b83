"""Who sent which message, and whether that was ever noted in Redis."""

import asyncio
import re
import time
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError

from chaos.replica import Life, Replica
from luka_bot.demo.telegram import LocalTelegram
from luka_bot.demo.telegram.happenings import Called, Happening

ON_THE_WIRE = 2.0  # s before its sender fell, in which a send may have remained without an echo
_NOTE = re.compile(r"HSET turn:\S+ ids \[([\d, ]+)\]")  # as it runs inside the script


@dataclass(frozen=True, slots=True)
class Send:
    """at: seconds since the epoch. heard: False if Telegram cut the connection instead."""

    life: Life
    at: float
    heard: bool


class Witness:
    def __init__(self, telegram: LocalTelegram) -> None:
        self.calls = 0
        self._sends: dict[int, Send] = {}
        self._noted: dict[int, float] = {}
        self._replicas: dict[int, Replica] = {}
        telegram.world.listeners.append(self._hear)

    def watch(self, door: int, replica: Replica) -> None:
        """Whoever calls by this door is this replica's life of that moment."""
        self._replicas[door] = replica

    def died_on_the_wire(self, message_id: int) -> bool:
        """The message stands in the chat, and whoever sent it could never learn or note that."""
        send = self._sends.get(message_id)
        if send is None:
            return False
        noted = self._noted.get(message_id, float("inf"))
        fell = [at for at in send.life.falls if at > send.at - ON_THE_WIRE]
        return not send.heard or any(send.at > at - ON_THE_WIRE and noted > at for at in fell)

    def story(self, message_id: int) -> str:
        """What is known of a message, for whoever looks for a fault."""
        send = self._sends.get(message_id)
        if send is None:
            return f"#{message_id} sent by nobody we know"
        noted = self._noted.get(message_id)
        falls = [f"{at - send.at:+.2f}" for at in send.life.falls]
        said = "never" if noted is None else f"{noted - send.at:+.2f} s"
        when = time.strftime("%H:%M:%S", time.gmtime(send.at)) + f"{send.at % 1:.3f}"[1:]
        return f"#{message_id} sent {when}, heard {send.heard}, noted {said}, sender fell {falls}"

    async def read_notes(self, redis: Redis) -> None:
        """Until cancelled: which message ids are written to Redis, by MONITOR."""
        while True:
            try:
                async with redis.monitor() as monitor:
                    async for line in monitor.listen():
                        self._note(str(line["command"]), float(line["time"]))
            except (RedisError, OSError, ValueError):
                await asyncio.sleep(0.02)

    def _note(self, command: str, at: float) -> None:
        if (note := _NOTE.match(command)) is not None:
            for number in note[1].split(","):
                self._noted.setdefault(int(number), at)

    def _hear(self, happening: Happening) -> None:
        if not isinstance(happening, Called):
            return
        self.calls += happening.method != "getUpdates"
        replica = self._replicas.get(happening.door)
        if replica is None:
            return
        replica.life.spoke = replica.life.spoke or time.monotonic()
        if happening.method == "sendMessage" and happening.message_id is not None:
            self._sends[happening.message_id] = Send(replica.life, time.time(), happening.heard)
