"""Where luka is taken in, and thrown out."""

from pathlib import Path

from structlog.testing import capture_logs

from tests.luka import running_luka
from tests.waiting import wait_until


async def test_an_operator_finds_a_group_s_number_in_the_log(tmp_path: Path) -> None:
    with capture_logs() as lines:
        async with running_luka(tmp_path) as luka:
            olga = luka.telegram.person(70, "Olga")
            group = luka.telegram.group(-100, "Those who look after luka", [olga])
            await group.removes_bot(olga)
            await group.adds_bot(olga)

            def seen() -> list[tuple[object, object]]:
                noted = [line for line in lines if line["event"] == "group.membership"]
                return [(line["chat_id"], line["status"]) for line in noted]

            await wait_until(lambda: seen()[-2:] == [(-100, "kicked"), (-100, "member")])
