"""Who may do what, written by hand and apart from the table that the bot goes by."""

BANNED, WAITING, USER, ADMIN = "banned", "waiting", "user", "admin"
EVERYBODY = {BANNED, WAITING, USER, ADMIN}
NOT_BANNED = EVERYBODY - {BANNED}
PEOPLE = {USER, ADMIN}
IN_GROUP: set[str] = set()  # admins, in their group; in private nobody

COMMANDS = {
    "start": ("I'm luka, an assistant", PEOPLE),
    "help": ("What I can do", NOT_BANNED),
    "chats": ("Your Threads", PEOPLE),
    "new": ("Chat 2 is ready", PEOPLE),
    "rename": ("Write the new name after the command", PEOPLE),
    "clear": ("nothing to forget", PEOPLE),
    "delete": ("🗑 Delete", PEOPLE),
    "stop": ("Nothing is being written", PEOPLE),
    "group": ("That is for groups", PEOPLE),
    "redact": ("Reply with /redact", PEOPLE),
    "settings": ("How you like it", NOT_BANNED),
    "export": ("All I keep of you", EVERYBODY),
    "forget": ("Erase everything I keep of you?", NOT_BANNED),
    "privacy": ("What I keep of you", EVERYBODY),
}
"""With what they say where they may be used; privacy comes last."""

ADMIN_COMMANDS = {
    "users": "• All",
    "ban": "/ban",
    "unban": "/ban",
    "limits": "/limits",
    "invite": "?start=i_",
    "invites": "Revoke",
    "stats": "How luka is used",
    "models": "llama3.2",
    "pull": "/pull",
    "broadcast": "/broadcast",
    "queue": "Nobody waits",
    "audit": "Who did what",
    "health": "Processes: 1",
    "config": "ACCESS=approval",
    "dead": "No dead letters",
    "admin": "The admin page is off",
}

BUTTONS = {
    "ShowHelp": NOT_BANNED,
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
    "ConvStop": PEOPLE,
    "ConvRetry": PEOPLE,
    "GroupPolicy": PEOPLE,
    "ForgetMe": NOT_BANNED,
    "SettingsPage": NOT_BANNED,
    "Choose": NOT_BANNED,
    "PersonDecide": IN_GROUP,
    "PeopleAt": IN_GROUP,
    "PersonShow": IN_GROUP,
    "PersonGiveRole": IN_GROUP,
    "PersonLimits": IN_GROUP,
    "PersonErase": IN_GROUP,
    "PersonEraseYes": IN_GROUP,
    "InviteRevoke": IN_GROUP,
    "AuditAt": IN_GROUP,
    "DeadAt": IN_GROUP,
    "DeadRetry": IN_GROUP,
    "DeadDrop": IN_GROUP,
    "QueueRefresh": IN_GROUP,
    "QueueCancel": IN_GROUP,
    "StatsOf": IN_GROUP,
    "PullCancel": IN_GROUP,
    "ModelDeleteYes": IN_GROUP,
    "ModelDelete": IN_GROUP,
    "ModelUse": IN_GROUP,
    "ModelCard": IN_GROUP,
    "ModelList": IN_GROUP,
    "BroadcastStop": IN_GROUP,
    "BroadcastCancel": IN_GROUP,
    "BroadcastSend": IN_GROUP,
}

REFUSED = (
    "Those who look after me have decided",
    "You aren't let in yet.",
    "You can't do that here.",
)
"""How what a tap is answered with begins, where it is denied."""
