"""Groups that become supergroups, under other numbers."""

from pathlib import Path

from tests.luka import running_luka
from tests.scenario.bot.alarming import QUICK
from tests.scenario.bot.talking import told_to_model
from tests.scenario.people.house import ADMINS, House

FAMILY, BIG_FAMILY = -300, -1000000000300
BIG_ADMINS = -1000000000777


async def test_a_group_that_moves_keeps_its_thread(tmp_path: Path) -> None:
    async with running_luka(tmp_path) as luka:
        anna, said = luka.telegram.person(7, "Anna"), luka.telegram.said
        family = luka.telegram.group(FAMILY, "Family", [anna], kind="group")
        luka.model.reply_with("Noted.", "On Friday.")
        await anna.writes("@luka_bot the party is on Friday", chat=FAMILY)
        await luka.telegram.wait_for(lambda: "Noted." in said(FAMILY))

        await family.becomes_supergroup(BIG_FAMILY)
        await anna.writes("@luka_bot when is it?", chat=BIG_FAMILY)
        await luka.telegram.wait_for(lambda: "On Friday." in said(BIG_FAMILY))
        await anna.writes("/chats", chat=BIG_FAMILY)
        await luka.telegram.wait_for(lambda: "1 thread" in said(BIG_FAMILY)[-1])

        assert "the party is on Friday" in told_to_model(luka)[0]


async def test_the_admins_group_may_move_and_admin_chat_id_stay(tmp_path: Path) -> None:
    opening = running_luka(tmp_path, access="approval", admin_chat_id=ADMINS, pulse=QUICK)
    async with opening as luka:
        olga, boris = luka.telegram.person(9, "Olga"), luka.telegram.person(8, "Boris")
        group = luka.telegram.group(ADMINS, "luka's admins", [olga], kind="group")
        house = House(luka, olga, olga, boris)
        await boris.writes("/start")
        await house.admins_see("Boris asks to come in")

        await group.becomes_supergroup(BIG_ADMINS)
        moved = House(luka, olga, olga, boris, BIG_ADMINS)
        await moved.command("/users boris", "1 person")
        await boris.writes("I'm Olga's brother")
        await moved.admins_see("💬 I'm Olga's brother")
        await olga.taps("✅ Approve", chat=BIG_ADMINS)
        await moved.hears(boris, "You're in")
        assert ("group_moved", 0, None, f"{ADMINS} {BIG_ADMINS}") in await moved.audited()

        await luka.stop()
        luka.start()
        await moved.command("/users boris", "1 person")
        await luka.model.stop()
        await moved.admins_see("🔴 No answers can be written")
        assert len(house.said_to_admins()) == 1


async def test_a_move_that_nobody_told_of_is_heard_of_at_the_next_call(tmp_path: Path) -> None:
    opening = running_luka(tmp_path, access="approval", admin_chat_id=ADMINS)
    async with opening as luka:
        olga, boris = luka.telegram.person(9, "Olga"), luka.telegram.person(8, "Boris")
        group = luka.telegram.group(ADMINS, "luka's admins", [olga], kind="group")
        await luka.stop()
        await group.becomes_supergroup(BIG_ADMINS)
        luka.telegram.world.updates.clear()
        luka.start()

        moved = House(luka, olga, olga, boris, BIG_ADMINS)
        await boris.writes("/start")
        await moved.admins_see("Boris asks to come in")
        await moved.command("/users boris", "1 person")
