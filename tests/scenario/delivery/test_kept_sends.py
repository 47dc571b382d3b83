"""What is kept of each send, told by the moments at which it is kept."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import PersonAway, TakenOver
from luka_bot.delivery.rendered import Rendered
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.models.errors import StorageAway, TurnTaken
from luka_bot.models.ids import MessageId
from tests.scenario.delivery.writing import DM, button

HELLO = Rendered("Hello there.")


class Ledger:
    """An account that remembers in memory; refusals are raised by the next begins, in order."""

    def __init__(self, *refusals: Exception | None, stands: MessageId | None = None) -> None:
        self.kept: list[str] = []
        self._refusals = list(refusals)
        self._stands = stands

    def receipt(self) -> "Ledger":
        return self

    async def begin(self) -> MessageId | None:
        self.kept.append("begun")
        if self._refusals and (refusal := self._refusals.pop(0)):
            raise refusal
        return self._stands

    async def end(self, message_id: MessageId | None = None) -> None:
        self.kept.append("no effect" if message_id is None else "stands")

    async def wrote(self, message_ids: Sequence[MessageId], *, last: bool) -> None:
        """Where an answer stands is no matter here."""


@pytest.mark.parametrize(
    "fault", [Fault.server_error(), Fault.flood(1), Fault.cut_after(), Fault.cannot_parse()]
)
async def test_each_try_is_marked_and_each_failure_accounted_for(
    courier: Courier, telegram: LocalTelegram, anna: Person, fault: Fault
) -> None:
    telegram.faults.add("sendMessage", fault)
    ledger = Ledger()

    await courier.send_html(replace(DM, account=ledger), "<b>Hello</b> there.")

    assert ledger.kept == ["begun", "no effect", "begun", "stands"]
    assert set(telegram.said(anna.id)) == {"Hello there."}


async def test_a_send_that_will_never_be_taken_leaves_no_mark(
    courier: Courier, anna: Person
) -> None:
    await anna.blocks_bot()
    ledger = Ledger()

    with pytest.raises(PersonAway):
        await courier.send(replace(DM, account=ledger), HELLO)

    assert ledger.kept == ["begun", "no effect"]


@pytest.mark.usefixtures("anna")
async def test_what_stands_already_is_not_sent(courier: Courier, telegram: LocalTelegram) -> None:
    target = replace(DM, account=Ledger(stands=MessageId(41)))

    sent = await courier.send(target, HELLO)
    document = await courier.send_document(target, "a.md", b"#")

    assert (sent, document) == (41, 41)
    assert telegram.calls == []


@pytest.mark.usefixtures("anna")
async def test_what_another_process_goes_on_with_is_not_sent(
    courier: Courier, telegram: LocalTelegram
) -> None:
    target = replace(DM, account=Ledger(TurnTaken(), TurnTaken()))

    with pytest.raises(TakenOver):
        await courier.send(target, HELLO)
    with pytest.raises(TakenOver):
        await courier.preview(target, None, HELLO, button("Stop"))

    assert telegram.calls == []


@pytest.mark.usefixtures("anna")
async def test_without_storage_a_preview_is_skipped_and_a_reply_is_for_later(
    courier: Courier, telegram: LocalTelegram
) -> None:
    target = replace(DM, account=Ledger(StorageAway(), StorageAway()))

    preview = await courier.preview(target, None, HELLO, button("Stop"))
    with pytest.raises(StorageAway):
        await courier.send(target, HELLO)

    assert preview is None
    assert telegram.calls == []


async def test_edits_need_no_mark(courier: Courier, telegram: LocalTelegram, anna: Person) -> None:
    sent = await courier.send(DM, HELLO)
    ledger = Ledger()

    await courier.edit(replace(DM, account=ledger), sent, Rendered("Hello again."))

    assert ledger.kept == []
    assert telegram.said(anna.id) == ["Hello again."]
