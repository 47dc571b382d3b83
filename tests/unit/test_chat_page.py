"""Where Telegram may open the page of conversations."""

import pytest

from luka_bot.config import Settings
from luka_bot.demo.run import DemoSettings
from luka_bot.handlers.chat_page import ChatPage


@pytest.mark.parametrize(
    ("home", "settings", "opens"),
    [
        ("https://luka.example.org", Settings, True),
        ("http://127.0.0.1:8080", Settings, False),
        ("http://127.0.0.1:8080", DemoSettings, True),
        ("http://luka.example.org", DemoSettings, False),
        ("", DemoSettings, False),
    ],
)
def test_plain_http_is_opened_by_the_demo_s_telegram_alone(
    home: str, settings: type[Settings], *, opens: bool
) -> None:
    assert ChatPage(home, settings.mini_apps_by_http).opens_in_telegram is opens
