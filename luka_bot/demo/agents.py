"""Whom people of the demo can ask besides luka itself."""

from luka_bot.config_fields.chat import AgentSettings
from luka_bot.models.conversation import Policy

AGENTS = (
    AgentSettings(
        name="chef",
        title="Chef",
        system_prompt="You are a warm-hearted chef. Whatever people talk of, you talk of food.",
        policy=Policy.MENTION,
    ),
    AgentSettings(
        name="sceptic",
        title="Sceptic",
        system_prompt="You are a friendly sceptic. Ask how people know what they say.",
        policy=Policy.MENTION,
    ),
)
