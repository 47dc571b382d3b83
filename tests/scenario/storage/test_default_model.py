"""The default model, over processes, restarts and changed settings."""

from luka_bot.services.default_model import DefaultModel
from luka_bot.storage.client import Storage
from luka_bot.storage.switched_model import SwitchedModel


async def test_another_process_learns_of_a_switch_and_of_its_end(storage: Storage) -> None:
    ours, theirs = [DefaultModel("llama3.2", SwitchedModel(storage)) for _ in range(2)]

    await ours.switch("qwen3")
    await theirs.look()
    assert theirs.name == "qwen3"

    await theirs.switch("")
    await ours.look()
    assert ours.name == "llama3.2"


async def test_a_switch_survives_a_restart(storage: Storage) -> None:
    await DefaultModel("llama3.2", SwitchedModel(storage)).switch("qwen3")

    again = DefaultModel("llama3.2", SwitchedModel(storage))
    await again.load()

    assert again.name == "qwen3"


async def test_whoever_configures_another_model_means_it(storage: Storage) -> None:
    await DefaultModel("llama3.2", SwitchedModel(storage)).switch("qwen3")

    changed = DefaultModel("gemma3", SwitchedModel(storage))
    await changed.load()
    assert changed.name == "gemma3"

    back = DefaultModel("llama3.2", SwitchedModel(storage))
    await back.load()
    assert back.name == "llama3.2"
