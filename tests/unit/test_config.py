"""What an operator can write, and what luka says when it can't be used."""

import os
from pathlib import Path

import pytest

from luka_bot.config import Settings, load_settings
from luka_bot.models.errors import SettingsInvalid


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and an environment without any of our names."""
    monkeypatch.chdir(tmp_path)
    ours = {name.upper() for name in Settings.model_fields}
    for name in list(os.environ):
        if name.upper().partition("__")[0] in ours:
            monkeypatch.delenv(name)
    return tmp_path


def complaints() -> list[str]:
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert str(caught.value) == "\n".join(caught.value.lines)
    return list(caught.value.lines)


def test_without_any_file_everything_has_a_default() -> None:
    settings = load_settings()

    assert settings.bot_token.get_secret_value() == ""
    assert settings.redis_url == ""


def test_the_environment_wins_over_the_env_file_and_that_over_yaml(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config.yaml").write_text("ollama_model: c\nollama_num_ctx: 1024\nlog_level: error")
    (folder / ".env").write_text("OLLAMA_MODEL=b\nOLLAMA_NUM_CTX=2048\n")
    monkeypatch.setenv("OLLAMA_MODEL", "a")

    settings = load_settings()

    assert settings.ollama_model == "a"
    assert settings.ollama_num_ctx == 2048
    assert settings.log_level == "error"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".env", "OLLAMA_MODLE=x"),
        ("config.yaml", "ollama_modle: x"),
        ("config.yaml", "Ollama_Modle: x"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_known_one(
    folder: Path, name: str, text: str
) -> None:
    (folder / name).write_text(text)

    assert complaints() == [
        "OLLAMA_MODLE: there is no such setting; did you mean OLLAMA_MODEL?",
    ]


def test_a_name_that_resembles_nothing_points_to_the_page(folder: Path) -> None:
    (folder / ".env").write_text("ZZZ=1")

    assert complaints() == ["ZZZ: there is no such setting; docs/configuration.md lists them all"]


def test_names_of_docker_compose_are_left_alone(folder: Path) -> None:
    (folder / ".env").write_text("COMPOSE_PROFILES=gpu\nCOMPOSE_PROJECT_NAME=luka\n")

    assert load_settings().log_level == "info"


@pytest.mark.parametrize("value", ["change_me", "CHANGEME", "<your token>", "${TOKEN}", " <t> "])
def test_a_placeholder_is_told_by_its_full_name(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("BOT_TOKEN", value)

    assert complaints() == ["BOT_TOKEN: is still a placeholder: fill it in"]


def test_a_reference_in_the_env_file_is_not_silently_empty(folder: Path) -> None:
    (folder / ".env").write_text("REDIS_URL=redis://${NOBODY_SET_THIS}:6379\n")

    assert complaints() == ["REDIS_URL: is still a placeholder: fill it in"]


def test_an_empty_value_counts_as_not_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_NUM_CTX", "")
    (folder / ".env").write_text("OLLAMA_NUM_CTX=\nOLLAMA_MODEL=\n")
    (folder / "config.yaml").write_text("ollama_num_ctx: 4096\nollama_url:\n")

    settings = load_settings()

    assert settings.ollama_num_ctx == 4096
    assert settings.ollama_model == Settings.model_fields["ollama_model"].default
    assert settings.ollama_url == Settings.model_fields["ollama_url"].default


def test_spaces_around_a_value_and_capitals_of_a_choice_do_no_harm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", " 12:abc\n")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")

    settings = load_settings()

    assert settings.bot_token.get_secret_value() == "12:abc"
    assert settings.log_level == "debug"


def test_addresses_lose_their_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_URL", "http://models.example:11434/")

    assert load_settings().ollama_url == "http://models.example:11434"


@pytest.mark.parametrize(
    "url", ["localhost:11434", "ftp://models.example", "http://", "http://a:x", "http://a:0"]
)
def test_what_is_no_http_address_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("OLLAMA_URL", url)

    assert complaints() == ["OLLAMA_URL: must be an address such as http://127.0.0.1:11434"]


@pytest.mark.parametrize("url", ["http://bot.example.org/telegram", "http://93.184.216.34"])
def test_a_webhook_that_telegram_wouldnt_take_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", url)
    monkeypatch.setenv("WEBHOOK_SECRET", "s")

    assert complaints() == ["WEBHOOK_URL: must begin with https://, or Telegram won't take it"]


@pytest.mark.parametrize(
    "url", ["https://bot.example.org", "http://127.0.0.1:8080/telegram", "http://bot:8080"]
)
def test_a_webhook_may_be_plain_where_only_a_server_of_ones_own_brings_it(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", url)
    monkeypatch.setenv("WEBHOOK_SECRET", "s")

    assert load_settings().webhook_url == url


@pytest.mark.parametrize(
    "url",
    [
        "redis://h:1/0",
        "rediss://u:p@h",
        "unix:///run/redis.sock",
        "redis+sentinel://one,two:5000/mymaster",
        "redis+sentinel://:p@one:26379,[::1]/mymaster/3?sentinel_password=q",
    ],
)
def test_every_kind_of_redis_address_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("REDIS_URL", url)

    assert load_settings().redis_url == url


@pytest.mark.parametrize(
    "rest",
    ["", "one", "one/", "one/mymaster/first", "one,/mymaster", "one/mymaster?sentinel_pasword=p"],
)
def test_an_address_behind_sentinel_names_hosts_and_service(
    monkeypatch: pytest.MonkeyPatch, rest: str
) -> None:
    monkeypatch.setenv("REDIS_URL", f"redis+sentinel://{rest}")

    (complaint,) = complaints()

    assert "redis+sentinel://host1:26379,host2:26379/mymaster/0" in complaint


def test_complaints_name_every_wrong_field_and_show_no_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REDIS_URL", "http://:hunter2@cache")
    monkeypatch.setenv("OLLAMA_NUM_CTX", "hunter3")
    monkeypatch.setenv("STREAM_MODE", "hunter4")

    lines = complaints()

    assert [line.partition(":")[0] for line in lines] == [
        "REDIS_URL",
        "OLLAMA_NUM_CTX",
        "STREAM_MODE",
    ]
    assert "hunter" not in "".join(lines)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- a list", "config.yaml: write one `name: value` a line"),
        ('bot_token: ok\nx: "12:secret', "config.yaml, line 2: this isn't YAML"),
    ],
)
def test_a_broken_yaml_file_is_told_without_its_content(
    folder: Path, text: str, complaint: str
) -> None:
    (folder / "config.yaml").write_text(text)

    assert complaints() == [complaint]


@pytest.mark.parametrize("name", [".env", "config.yaml"])
def test_a_file_of_another_encoding_is_told(folder: Path, name: str) -> None:
    (folder / name).write_bytes("SYSTEM_PROMPT: привет".encode("cp1251"))

    assert complaints() == [f"{name}: this isn't UTF-8 text"]


def test_the_home_folder_may_be_written_short(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("DATA_DIR", "~/luka")

    assert load_settings().data_dir == folder / "luka"


def test_settings_print_without_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "12:abc")

    assert "12:abc" not in f"{load_settings()!r}"


def test_settings_made_by_hand_read_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("OLLAMA_MODEL=b")
    monkeypatch.setenv("LOG_LEVEL", "debug")

    assert Settings(ollama_num_ctx=1024) == Settings(ollama_num_ctx=1024, log_level="info")
    assert Settings().ollama_model == Settings.model_fields["ollama_model"].default
