"""Who lives in the demo."""

from luka_bot.demo.telegram.local import LocalTelegram

ANNA = 7
ADMIN = 9
ADMINS = -100300  # the group of those who look after luka


def furnish(telegram: LocalTelegram) -> None:
    """Numbers go on from the time of day, since the bot's store outlives this Telegram.

    Counted from one again, updates would be taken for those of the last run.
    """
    telegram.world.count_from(int(telegram.world.clock()))
    anna = telegram.person(ANNA, "Anna", language="en")
    boris = telegram.person(8, "Борис", language="ru", username="boris")
    olga = telegram.person(ADMIN, "Ольга", language="ru", username="olga", is_admin=True)
    telegram.group(-100200, "Family", [anna, boris, olga])
    telegram.group(ADMINS, "luka's admins", [olga])
