"""One message for a long work, drawn as often as a group can take it."""

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.target import Target
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.handlers.progress import DRAWN_EVERY, ProgressMessage
from luka_bot.models.ids import ChatId
from luka_bot.models.overseer import Overseer
from tests.redis_fixtures import HandClock
from tests.waiting import wait_until

GROUP = ChatId(-100777)


async def test_it_is_drawn_every_four_seconds_and_its_end_always(
    telegram: LocalTelegram, courier: Courier, anna: Person, clock: HandClock
) -> None:
    progress = await _shown(telegram, courier, anna, clock)
    await progress.draw("<b>1</b> of 3", None)
    clock.forward(DRAWN_EVERY - 0.1)
    assert not progress.due
    clock.forward(0.1)
    await wait_until(lambda: progress.due)
    await progress.tell("<b>3</b> of 3")

    assert telegram.said(GROUP) == ["3 of 3"]
    assert telegram.versions(GROUP, telegram.shown(GROUP)[-1].message_id) == [
        "beginning",
        "1 of 3",
        "3 of 3",
    ]


async def test_a_message_that_somebody_deleted_ends_as_a_new_one(
    telegram: LocalTelegram, courier: Courier, anna: Person, clock: HandClock
) -> None:
    progress = await _shown(telegram, courier, anna, clock)
    gone = Fault.refuse(400, "Bad Request: message to edit not found")
    telegram.faults.add("editMessageText", gone, times=2)

    await progress.draw("1 of 3", None)
    await progress.tell("3 of 3")

    assert telegram.said(GROUP) == ["beginning", "3 of 3"]
    assert progress.message_id == telegram.shown(GROUP)[-1].message_id


async def _shown(
    telegram: LocalTelegram, courier: Courier, anna: Person, clock: HandClock
) -> ProgressMessage:
    telegram.group(GROUP, "luka's admins", [anna])
    message_id = await courier.send_html(Target(GROUP), "beginning")
    overseer = Overseer(anna.id, "Anna", "en", GROUP, None, message_id)
    return ProgressMessage(courier, overseer, clock)
