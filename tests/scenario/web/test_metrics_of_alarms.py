"""What an operator reads of alarms: whether one stands, and how often it was raised."""

from pathlib import Path

from luka_bot.watch.pulse import Pulse
from tests.luka import running_luka
from tests.metrics import Growth, sample
from tests.waiting import wait_until

QUICK = Pulse(between=0.05, shock=0.5, clear=0.1)
ALARM = "dead_letters"


async def test_an_alarm_stands_until_it_is_over_and_stays_counted(tmp_path: Path) -> None:
    growth = Growth()
    async with running_luka(tmp_path, pulse=QUICK) as luka:
        await luka.telegram.wait_for(lambda: luka.telegram.calls_of("getUpdates"))

        luka.telegram.inject({"message": {"message_id": "no number"}})
        await wait_until(lambda: sample("luka_alarm", name=ALARM) == 1)

        assert growth.of("luka_alarms_total", name=ALARM) == 1
        await wait_until(lambda: sample("luka_alarm", name=ALARM) == 0)
        assert growth.of("luka_alarms_total", name=ALARM) == 1
