"""What the card about a conversation's agents says, in Telegram's HTML, and its buttons."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers import sharing_taps as tap
from luka_bot.handlers.callbacks import ThreadCard
from luka_bot.locales import Words
from luka_bot.models.agent import Agent
from luka_bot.models.conversation import Policy
from luka_bot.models.ids import AgentName
from luka_bot.services.sharing import Company

MARK = "✅ "
PROMPT_SHOWN = 120  # characters

_POLICIES = {
    None: "agents.policy.none",
    Policy.MENTION: "agents.policy.mention",
    Policy.SMART: "agents.policy.smart",
    Policy.ALWAYS: "agents.policy.always",
    Policy.QUIET: "agents.policy.quiet",
}


def text(words: Words, company: Company, known: tuple[Agent, ...], default_model: str) -> str:
    thread = company.thread
    usual = thread.model or default_model
    lines = [words.html("agents.header", name=thread.name), ""]
    lines += [_line(words, agent, usual, is_in=agent.name in company.agents) for agent in known]
    hint = "agents.choose" if len(known) > 1 else "agents.only_luka"
    return "\n".join([*lines, "", words.html(hint)])


def keyboard(words: Words, company: Company, known: tuple[Agent, ...]) -> InlineKeyboardMarkup:
    """Also those who are in, and whom nobody knows any more: to be taken out."""
    key = company.thread.thread_id
    titles = {agent.name: agent.title for agent in known}
    gone = [name for name in company.agents if name not in titles]
    buttons = [_switch(words, company, name, titles.get(name, name)) for name in [*titles, *gone]]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    back = InlineKeyboardButton(
        text=words("button.sharing.back"), callback_data=ThreadCard(id=key).pack()
    )
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [back]])


def described(words: Words, agent: Agent, default_model: str) -> str:
    """For admins: with the beginning of its prompt."""
    line = _line(words, agent, default_model, is_in=False)
    prompt = " ".join(agent.system_prompt.split())
    if not prompt:
        return line
    begins = prompt if len(prompt) <= PROMPT_SHOWN else prompt[:PROMPT_SHOWN].rstrip() + "…"
    return f"{line}\n{words.html('agents.prompt', prompt=begins)}"


def _line(words: Words, agent: Agent, usual_model: str, *, is_in: bool) -> str:
    return words.html(
        "agents.one",
        mark=MARK if is_in else "• ",
        title=agent.title,
        name=agent.name,
        model=agent.model or usual_model,
        policy=words(_POLICIES[agent.policy]),
    )


def _switch(words: Words, company: Company, name: AgentName, title: str) -> InlineKeyboardButton:
    key = company.thread.thread_id
    if name in company.agents:
        label, data = words("button.agents.remove", title=title), tap.AgentRemove(id=key, name=name)
        return InlineKeyboardButton(text=label, callback_data=data.pack())
    added = tap.AgentAdd(id=key, name=name).pack()
    return InlineKeyboardButton(text=words("button.agents.add", title=title), callback_data=added)
