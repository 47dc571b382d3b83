"""What people do in conversations, whichever door they come by."""

from luka_bot.services.conversations.overview import Overview
from luka_bot.services.conversations.questions import Questions
from luka_bot.services.conversations.sharing import Sharing
from luka_bot.services.conversations.speech import Speech


class ConversationService(Sharing, Speech, Questions, Overview):
    """Coming and going (coming.py), invites (sharing.py), what is said (speech.py), whether it is a
    question (questions.py), and how it is (overview.py). Methods may raise StorageAway; those that
    name a conversation ThreadGone, and NotInConversation for who takes no part in it."""
