"""What an operator gets right or wrong."""

from pathlib import Path

import pytest

from app.settings import Settings, SettingsError

GOOD = {
    "VERTEL_INSTANCE": "/var/lib/vertel",
    "VERTEL_HOSTS": "vertel.example,adviseur.vertel.example",
    "VERTEL_BASE_URL": "https://vertel.example/",
    "VERTEL_MAIL_FROM": "vertel@vertel.example",
    "VERTEL_SMTP_HOST": "mail.vertel.example",
}


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({"VERTEL_SMTP_PORT": "many", "VERTEL_SIDE": "teachers"})

    for name in (*GOOD, "VERTEL_SMTP_PORT", "VERTEL_SIDE"):
        assert name in str(raised.value)


def test_the_embedded_database_stands_in_the_instance_folder() -> None:
    made = Settings.from_env(GOOD)

    assert made.database == "sqlite:////var/lib/vertel/vertel.db"
    assert made.instance == Path("/var/lib/vertel")
    assert made.base_url == "https://vertel.example"
    assert made.hosts == ("vertel.example", "adviseur.vertel.example")


def test_a_database_url_wins_over_the_embedded_one() -> None:
    made = Settings.from_env({**GOOD, "DATABASE_URL": "postgresql://db/vertel"})

    assert made.database == "postgresql://db/vertel"


def test_no_setting_of_the_environment_makes_cookies_insecure() -> None:
    loose = {f"VERTEL_{name}": "no" for name in ("COOKIES_SECURE", "DELIVER_AT_ONCE")}

    made = Settings.from_env({**GOOD, **loose})

    assert made.cookies_secure
    assert not made.deliver_at_once
