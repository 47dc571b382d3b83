"""What operators and admins see of the settings."""

from pydantic import SecretStr

from luka_bot.config import Settings
from luka_bot.shown_settings import lines


def test_no_secret_of_the_settings_is_shown() -> None:
    settings = Settings(
        bot_token=SecretStr("12:hush"),
        redis_url="redis://me:hush@redis:6379/0",
        llm_api="openai",
        llm_url="https://hush@models.example/v1",
        llm_key=SecretStr("hush"),
    )
    shown = "\n".join(lines(settings))
    assert "hush" not in shown
    assert "REDIS_URL=redis://me:[password]@redis:6379/0" in shown
    assert "LLM_URL=https://[user]@models.example/v1" in shown
