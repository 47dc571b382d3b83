"""A primary, its replica and three Sentinels: real processes, which may be killed and frozen."""

import asyncio
import signal
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from redis.asyncio import Redis
from redis.exceptions import RedisError

from chaos.ports import free_port
from luka_bot.storage.binary import server_binary
from luka_bot.storage.sentinel import SCHEME
from tests.waiting import wait_until_found

BINARY = server_binary() or Path()
SERVICE = "luka"
DOWN_AFTER = 500  # ms

SERVER = """\
appendonly yes
appendfsync always
save ""
repl-diskless-sync-delay 0
repl-ping-replica-period 1
requirepass {password}
masterauth {password}
"""
_SENTINEL = """\
sentinel monitor {service} 127.0.0.1 {port} 2
sentinel down-after-milliseconds {service} {down_after}
sentinel failover-timeout {service} 3000
sentinel auth-pass {service} {server_password}
sentinel sentinel-pass {password}
requirepass {password}
"""
PASSWORD = "store-word"
SENTINEL_PASSWORD = "watch:w@rd"


class Program:
    """One server on a loopback port; start() after a kill() brings it back with its data."""

    def __init__(self, folder: Path, password: str, conf: str, *arguments: str) -> None:
        self.port = free_port()
        self._password = password
        self._folder = folder
        self._arguments = arguments
        self._process: Process | None = None
        folder.mkdir(parents=True, exist_ok=True)
        head = f"port {self.port}\nbind 127.0.0.1\ndir {folder}\nlogfile {folder}/log\n"
        (folder / "conf").write_text(head + conf)

    @property
    def url(self) -> str:
        return f"redis://:{quote(self._password)}@127.0.0.1:{self.port}/0"

    async def start(self) -> None:
        """It answers when this returns, be it to say that it is loading."""
        self._process = await asyncio.create_subprocess_exec(
            BINARY, self._folder / "conf", *self._arguments, stdout=DEVNULL, stderr=DEVNULL
        )
        await wait_until_found(self.answers)

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Redis]:
        """Straight to this one, whoever is the primary."""
        async with Redis(port=self.port, password=self._password, decode_responses=True) as redis:
            yield redis

    async def answers(self) -> bool:
        try:
            async with self.client() as redis:
                return bool(await redis.ping())
        except (RedisError, OSError):
            return False


class Watched:
    """Two servers, one of them the primary, and the Sentinels that watch over them."""

    def __init__(self, servers: tuple[Program, Program], sentinels: Iterable[Program]) -> None:
        self.servers = servers
        self.sentinels = tuple(sentinels)

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{sentinel.port}" for sentinel in self.sentinels)
        query = f"sentinel_password={quote(SENTINEL_PASSWORD)}"
        return f"{SCHEME}:{PASSWORD}@{hosts}/{SERVICE}/0?{query}"

    async def primary(self) -> Program:
        """Whom the Sentinels call so, once all agree."""
        await wait_until_found(self._agreed, seconds=20)
        (port,) = await self._ports()
        return next(server for server in self.servers if server.port == port)

    async def replica(self) -> Program:
        primary = await self.primary()
        return next(server for server in self.servers if server is not primary)

    async def failed_over(self, former: Program) -> None:
        """All Sentinels agree on the other server, and that knows it."""
        (other,) = (server for server in self.servers if server is not former)

        async def promoted() -> bool:
            return await self._ports() == {other.port} and await _role(other) == "master"

        await wait_until_found(promoted, seconds=30)

    async def rejoin(self, former: Program) -> None:
        """It is back as a replica. Sentinel would see to that by itself, some 10 s later."""
        primary = await self.primary()
        await former.start()
        async with former.client() as redis:
            await redis.replicaof("127.0.0.1", primary.port)
        await self.followed()

    async def followed(self) -> None:
        """The other server copies the primary, and every Sentinel knows all of that."""
        primary, replica = await self.primary(), await self.replica()

        async def copies() -> bool:
            return await _copies(replica, primary) and await self._all_known(replica)

        await wait_until_found(copies, seconds=30)

    async def _agreed(self) -> bool:
        return len(await self._ports()) == 1

    async def _ports(self) -> set[int]:
        ports = set()
        for sentinel in self.sentinels:
            async with sentinel.client() as redis:
                state = await redis.sentinel_master(SERVICE)
            assert isinstance(state, dict)
            ports.add(int(state["port"]))
        return ports

    async def _all_known(self, replica: Program) -> bool:
        """A Sentinel that has not heard of the others or the replica can't fail over."""
        for sentinel in self.sentinels:
            async with sentinel.client() as redis:
                state = await redis.sentinel_master(SERVICE)
                (known,) = await redis.sentinel_slaves(SERVICE) or ({},)
            assert isinstance(state, dict)
            if int(state["num-other-sentinels"]) != len(self.sentinels) - 1:
                return False
            if known.get("port") != replica.port or known["is_sdown"]:
                return False
            if known["master-link-status"] != "ok":
                return False
        return True


@asynccontextmanager
async def watched_servers(folder: Path) -> AsyncIterator[Watched]:
    """Ready for a failover when this enters; all killed when it leaves."""
    conf = SERVER.format(password=PASSWORD)
    primary = Program(folder / "one", PASSWORD, conf)
    replica = Program(folder / "two", PASSWORD, f"{conf}replicaof 127.0.0.1 {primary.port}\n")
    sentinels = [_sentinel(folder / f"sentinel{number}", primary) for number in range(3)]
    async with AsyncExitStack() as stack:
        for program in (primary, replica, *sentinels):
            stack.push_async_callback(program.kill)
            await program.start()
        watched = Watched((primary, replica), sentinels)
        await watched.followed()
        yield watched


@asynccontextmanager
async def single_server(folder: Path) -> AsyncIterator[Program]:
    """One that nobody watches over."""
    server = Program(folder, PASSWORD, SERVER.format(password=PASSWORD))
    await server.start()
    try:
        yield server
    finally:
        await server.kill()


def _sentinel(folder: Path, primary: Program) -> Program:
    rules = _SENTINEL.format(
        service=SERVICE,
        port=primary.port,
        down_after=DOWN_AFTER,
        server_password=PASSWORD,
        password=SENTINEL_PASSWORD,
    )
    return Program(folder, SENTINEL_PASSWORD, rules, "--sentinel")


async def _role(server: Program) -> str:
    async with server.client() as redis:
        role = await redis.role()
    return str(role[0])


async def _copies(replica: Program, primary: Program) -> bool:
    if not await replica.answers():
        return False
    async with replica.client() as redis:
        info = await redis.info("replication")
    return (
        info["role"] == "slave"
        and int(info["master_port"]) == primary.port
        and info["master_link_status"] == "up"
    )
