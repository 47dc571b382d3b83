"""One emoji of the bot's under somebody's message."""

from luka_bot.demo.telegram.deeds import react
from luka_bot.demo.telegram.methods.addressing import post_of, writable_chat
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.world import World

EMOJI = frozenset(
    """
    👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌
    🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓
    🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
    🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀
    😡
    """.split()  # noqa: SIM905 - seventy lines otherwise
)


@method("setMessageReaction")
def set_message_reaction(world: World, params: Params) -> object:
    chat = writable_chat(world, params)
    post = post_of(chat, params, "react")
    emoji = tuple(_emoji(one) for one in params.items("reaction"))
    if len(emoji) > 1:
        raise BadRequest("REACTIONS_TOO_MANY")
    react(world, post, emoji)
    return True


def _emoji(raw: object) -> str:
    match raw:
        case {"type": "emoji", "emoji": str(emoji)} if emoji in EMOJI:
            return emoji
        case _:
            raise BadRequest("REACTION_INVALID")
