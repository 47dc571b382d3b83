"""A model made of rules that speaks Ollama's API: for the demo and for tests."""

from luka_bot.demo.model.pulling import Pulling
from luka_bot.demo.model.reply import Answering, Asked, Reply
from luka_bot.demo.model.server import ScriptedOllama

__all__ = ["Answering", "Asked", "Pulling", "Reply", "ScriptedOllama"]
