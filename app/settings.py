"""What an operator decides, read once from the environment into one frozen value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

PREFIX = "VERTEL_"
ROOT = Path(__file__).resolve().parent.parent
Side = Literal["both", "student", "staff"]


class SettingsError(ValueError):
    """Raised when the environment misses or misspells a setting; names every fault at once."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one running installation; `docs/operations.md` explains each for an operator."""

    instance: Path
    """Folder (mode 0700) that holds the pepper, the secret key and, when embedded, the database."""
    hosts: tuple[str, ...]
    """Host names that a request may ask for."""
    base_url: str
    """Address of the site as people type it, without a final slash; stands on posters and in invitations."""
    mail_from: str
    """Sender of the mail that says only that there is something new."""
    smtp_host: str
    smtp_port: int = 25
    smtp_tls: bool = True
    database_url: str = ""
    """Empty: SQLite in the instance folder."""
    exit_url: str = "https://www.knmi.nl/"
    """Neutral page that the exit leads to."""
    side: Side = "both"
    """Which half this process serves; staff and students can live on separate host names."""
    processes: int = 1
    """Web processes on this host; they share its cores for slow hashes."""
    cookies_secure: bool = True
    """False only over plain HTTP on a loopback address, for the demo."""
    deliver_at_once: bool = False
    """True only in the demo: a case shows up without waiting for its delivery window."""
    tokens: Path | None = None
    """A style sheet with other values for the design tokens, for a municipality's or school's own looks."""
    brake: bool = False
    """True while an attack goes on: a talk without proof of work is folded away below the others, never refused."""
    hsts_preload: bool = False
    """True only where the whole registrable domain is Vertel's own: browsers then never ask it over plain HTTP."""
    closeness: float = 0.2
    """The secret p of the city's tables: within which share of a school's own count nobody may estimate it."""
    law_in_force: date | None = None
    """Day on which the act Vrij en veilig onderwijs enters into force; None while it is a bill."""
    draft_languages: bool = False
    """True: languages are offered of which no native speaker has approved every critical text."""
    pseudo_languages: bool = False
    """True only in the demo and in tests: two languages that nobody speaks are offered too."""
    flows: Path = field(default=ROOT / "flows")
    translations: Path = field(default=ROOT / "translations")

    @property
    def database(self) -> str:
        """Return the database URL, the embedded one when none is set."""
        return self.database_url or f"sqlite:///{self.instance / 'vertel.db'}"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings from *env*.

        Raises: SettingsError, naming all that is missing or wrong, each with its cure.
        """
        reader = _Reader(env)
        values = {
            "instance": Path(reader.required("INSTANCE", "a folder only the service may read, as /var/lib/vertel")),
            "hosts": tuple(reader.required("HOSTS", "the site's host names, separated by commas").split(",")),
            "base_url": reader.required("BASE_URL", "the site's address, as https://vertel.example").rstrip("/"),
            "mail_from": reader.required("MAIL_FROM", "the sender of mail to staff, as vertel@school.example"),
            "smtp_host": reader.required("SMTP_HOST", "the mail server's name"),
            "smtp_port": reader.number("SMTP_PORT", 25),
            "smtp_tls": reader.choice("SMTP_TLS", ("yes", "no")) != "no",
            "exit_url": env.get(PREFIX + "EXIT_URL", cls.exit_url),
            "processes": reader.number("PROCESSES", 1),
            "side": reader.choice("SIDE", ("both", "student", "staff")),
            "database_url": env.get("DATABASE_URL", ""),
            "tokens": reader.file("TOKENS"),
            "brake": reader.choice("BRAKE", ("no", "yes")) == "yes",
            "closeness": reader.share("CLOSENESS", cls.closeness),
            "law_in_force": reader.day("LAW_IN_FORCE"),
            "draft_languages": reader.choice("DRAFT_LANGUAGES", ("no", "yes")) == "yes",
            "hsts_preload": reader.choice("HSTS_PRELOAD", ("no", "yes")) == "yes",
        }
        reader.finish()
        return cls(**values)  # type: ignore[arg-type]  # each value was read for its own field


class _Reader:
    """Reads one value at a time and remembers what was wrong."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._faults: list[str] = []

    def required(self, name: str, meaning: str) -> str:
        value = self._env.get(PREFIX + name, "").strip()
        if not value:
            self._faults.append(f"{PREFIX}{name} is missing: {meaning}")
        return value

    def number(self, name: str, default: int) -> int:
        text = self._env.get(PREFIX + name, str(default))
        if not text.isdecimal():
            self._faults.append(f"{PREFIX}{name} must be a whole number, not {text!r}")
            return default
        return int(text)

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        text = self._env.get(PREFIX + name, allowed[0])
        if text not in allowed:
            self._faults.append(f"{PREFIX}{name} must be one of {', '.join(allowed)}, not {text!r}")
            return allowed[0]
        return text

    def share(self, name: str, default: float) -> float:
        text = self._env.get(PREFIX + name, "").strip()
        if not text:
            return default
        if not re.fullmatch(r"0?\.\d+", text):
            self._faults.append(f"{PREFIX}{name} must be a share between 0 and 1 as 0.15")
            return default
        return float(text)

    def day(self, name: str) -> date | None:
        text = self._env.get(PREFIX + name, "").strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._faults.append(f"{PREFIX}{name} must be a day as 2027-08-01, not {text!r}")
            return None

    def file(self, name: str) -> Path | None:
        text = self._env.get(PREFIX + name, "").strip()
        if not text:
            return None
        if not Path(text).is_file():
            self._faults.append(f"{PREFIX}{name} must be a file that exists, not {text!r}")
        return Path(text)

    def finish(self) -> None:
        if self._faults:
            raise SettingsError("The settings are not complete:\n  " + "\n  ".join(self._faults))
