"""Who may do what: every command and every button, as each kind of person, through the real bot.

The tables are written by hand, apart from the ones that the bot goes by.
"""

BANNED, WAITING, USER, ADMIN = "banned", "waiting", "user", "admin"
ALL = {BANNED, WAITING, USER, ADMIN}
NEARLY_ALL = ALL - {BANNED}
PEOPLE = {USER, ADMIN}
NOBODY: set[str] = set()  # in private; in their group admins may

REFUSED = {
    BANNED: "Those who look after me have decided",
    WAITING: "You aren't let in yet.",
    USER: "You can't do that here.",
    ADMIN: "You can't do that here.",
}

COMMANDS = {
    "start": PEOPLE,
    "help": NEARLY_ALL,
    "chats": PEOPLE,
    "new": PEOPLE,
    "rename": PEOPLE,
    "clear": PEOPLE,
    "delete": PEOPLE,
    "stop": PEOPLE,
}
"""And what a word begins with that tells that it was done."""

BUTTONS = {
    "ShowHelp": NEARLY_ALL,
    "ThreadCreate": PEOPLE,
    "ThreadList": PEOPLE,
    "ThreadRefresh": PEOPLE,
    "ThreadPageTo": PEOPLE,
    "ThreadSelect": PEOPLE,
    "ThreadCard": PEOPLE,
    "ThreadRename": PEOPLE,
    "ThreadClear": PEOPLE,
    "ThreadClearYes": PEOPLE,
    "ThreadExport": PEOPLE,
    "ThreadDelete": PEOPLE,
    "ThreadDeleteYes": PEOPLE,
    "ThreadRestore": PEOPLE,
    "Keep": PEOPLE,
    "TurnStop": PEOPLE,
    "TurnRetry": PEOPLE,
    "TurnRegenerate": PEOPLE,
    "PersonDecide": NOBODY,
    "PeopleAt": NOBODY,
    "PersonShow": NOBODY,
    "PersonGiveRole": NOBODY,
    "PersonLimits": NOBODY,
    "PersonErase": NOBODY,
    "PersonEraseYes": NOBODY,
    "InviteRevoke": NOBODY,
    "AuditAt": NOBODY,
    "DeadRetry": NOBODY,
    "DeadDrop": NOBODY,
    "QueueRefresh": NOBODY,
    "QueueCancel": NOBODY,
    "StatsOf": NOBODY,
}
