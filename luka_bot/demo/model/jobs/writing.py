"""A file as the scripted model hands it over: it calls for it, and says so once it is written."""

from luka_bot.demo.model.jobs.material import Material
from luka_bot.demo.model.jobs.texts import JobTexts
from luka_bot.demo.model.reply import Reply
from luka_bot.models.events import ToolCall

WRITTEN = "Written"  # how luka's tool says that it is done


def hand_over(material: Material, texts: JobTexts, file: tuple[str, str], then: str) -> Reply:
    """file: its name and text. then: what is said when it is there."""
    name, content = file
    result = material.wrote.get(name)
    if result is None:
        return Reply(calls=(ToolCall("write_file", {"name": name, "content": content}),))
    if not result.startswith(WRITTEN):
        return Reply(texts.refused.format(name=name, why=result))
    return Reply(f"{then}\n\n{texts.rules}")
