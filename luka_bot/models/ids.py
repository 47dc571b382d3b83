"""Names for the numbers and strings that identify things, so that they can't be mixed up."""

from typing import NewType

UserId = NewType("UserId", int)
"""A person; Telegram's user id (in a direct message the chat has the same number)."""

ChatId = NewType("ChatId", int)
"""Telegram's chat: a person's direct messages, or a group (negative)."""

TopicId = NewType("TopicId", int)
"""Telegram's message_thread_id, only where it really is a topic."""

MessageId = NewType("MessageId", int)
"""Telegram's message number, unique within its chat."""

UpdateId = NewType("UpdateId", int)
"""Telegram's update number; after a quiet week the next one is random."""

ThreadId = NewType("ThreadId", str)
"""One of our threads: a UUID as 32 hex characters, so that it fits callback data."""

TurnId = NewType("TurnId", str)
"""One question and its answer; derived from the update, so a second run of it is the same turn."""

ReplicaId = NewType("ReplicaId", str)
"""One running process; another start of it is another replica."""

ParticipantId = NewType("ParticipantId", str)
"""Who takes part in a conversation: `tg:7`, `web:9`, `agent:luka`."""

AgentName = NewType("AgentName", str)
"""A persona's name as it is configured: lower case, no spaces."""

JobId = NewType("JobId", int)
"""A job; numbers count from 1 and are never used again."""
