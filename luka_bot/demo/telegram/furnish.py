"""Who lives in the demo."""

from luka_bot.demo.telegram.local import LocalTelegram

ADMIN = 9


def furnish(telegram: LocalTelegram) -> None:
    """Numbers go on from the time of day, since the bot's store outlives this Telegram.

    Counted from one again, updates would be taken for those of the last run.
    """
    telegram.world.count_from(int(telegram.world.clock()))
    anna = telegram.person(7, "Anna", language="en")
    boris = telegram.person(8, "Борис", language="ru", username="boris")
    olga = telegram.person(ADMIN, "Ольга", language="ru", username="olga", is_admin=True)
    telegram.group(-100200, "Family", [anna, boris, olga])
