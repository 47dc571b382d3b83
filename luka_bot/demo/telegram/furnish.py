"""Who lives in the demo."""

from luka_bot.demo.telegram.local import LocalTelegram
from luka_bot.demo.telegram.topics import open_topic

ANNA = 7
ADMIN = 9
CLARA = 10
FAMILY = -100200
CLUB = -100400  # a forum
ADMINS = -100300  # the group of those who look after luka


def furnish(telegram: LocalTelegram) -> None:
    """Of people, a family, a forum, and those who look after luka. Privacy mode is off.

    Numbers go on from the time of day, since the bot's store outlives this Telegram.

    Counted from one again, updates would be taken for those of the last run.
    """
    telegram.world.count_from(int(telegram.world.clock()))
    anna = telegram.person(ANNA, "Anna", language="en")
    boris = telegram.person(8, "Борис", language="ru", username="boris")
    olga = telegram.person(ADMIN, "Ольга", language="ru", username="olga", is_admin=True)
    clara = telegram.person(CLARA, "Clara", language="en")
    telegram.group(FAMILY, "Family", [anna, boris, olga, clara])
    telegram.group(ADMINS, "luka's admins", [olga])
    club = telegram.group(CLUB, "Book club", [anna, olga, clara], kind="forum")
    for name in ("Novels", "Poems"):
        open_topic(telegram.world, anna.id, telegram.world.chats[club.id], name)
    telegram.world.updates.clear()  # the bot comes later
