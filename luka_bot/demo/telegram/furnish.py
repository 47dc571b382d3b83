"""Who lives in the demo."""

from luka_bot.demo.telegram.local import LocalTelegram

ADMIN = 9


def furnish(telegram: LocalTelegram) -> None:
    anna = telegram.person(7, "Anna", language="en")
    boris = telegram.person(8, "Борис", language="ru", username="boris")
    olga = telegram.person(ADMIN, "Ольга", language="ru", username="olga", is_admin=True)
    telegram.group(-100200, "Family", [anna, boris, olga])
