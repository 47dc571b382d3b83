"""The first start: whoever runs luka can sign in, and nobody else."""

import re
from pathlib import Path

import httpx

from chaos.ports import free_port
from luka_bot.config import Settings
from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.telegram import LocalTelegram
from tests.luka import TOKEN
from tests.process import luka_process
from tests.waiting import wait_until_found


async def test_the_first_start_says_an_admin_s_password_once(tmp_path: Path) -> None:
    home = f"http://127.0.0.1:{(port := free_port())}"
    log = tmp_path / "luka.log"
    async with (
        LocalTelegram.open(TOKEN) as telegram,
        ScriptedOllama.open() as model,
        httpx.AsyncClient(base_url=home) as client,
    ):
        pages: list[int] = []
        said: list[str] = []
        for _ in range(2):
            async with luka_process(tmp_path, telegram, model, WEB_PORT=str(port)) as luka:

                async def answers() -> bool:
                    try:
                        return (await client.get("/jobs/login")).status_code == 200
                    except httpx.TransportError:
                        return False

                await wait_until_found(answers)
                said = re.findall(r"as admin with this password; .*\n +(\S+)\n", log.read_text())
                form = {"login": "admin", "password": said[0]}
                headers = {"Origin": home, "Sec-Fetch-Site": "same-origin"}
                entered = await client.post("/jobs/login", data=form, headers=headers)
                pages += [entered.status_code, (await client.get("/jobs/pending")).status_code]
                luka.terminate()
                await luka.ended()

    assert len(said) == 1
    assert pages == [303, 200] * 2
    assert Settings().home == "http://127.0.0.1:5001"
