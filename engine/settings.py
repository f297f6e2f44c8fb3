"""What differs between one installation and another; read once, at the doors."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_HERE = Path(__file__).resolve().parent
_MOST = 1e9
_ZONE, _WATCHERS = "Asia/Shanghai", "127.0.0.0/8, ::1/128"
_WECOM, _DINGTALK = "https://qyapi.weixin.qq.com", "https://oapi.dingtalk.com"
_FEISHU = "https://open.feishu.cn"
_LEASE, _LATE_JOB, _FREE_SPACE = 20.0, 300.0, 500.0


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    Each is read from the environment variable ``COMPLAINTFLOW_`` and its name.
    """

    database_url: str  #: An SQLAlchemy address; an SQLite file unless set.
    files: Path  #: Where documents lie, by digest.
    policies: Path  #: The folder with processes/ and forms/.
    secret: str | None = None  #: Signs sessions and checkpoints; made at first start.
    mail_url: str | None = None  #: smtp://user:password@host:port; none keeps mail queued.
    mail_sender: str = "complaintflow@localhost"
    #: Where customers reach this site, as https://tousu.example.com; stands in letters.
    url: str | None = None
    #: Where robots of chats are reached; another address for a WeCom, DingTalk or Feishu
    #: that the house runs itself, or for Lark.
    wecom_url: str = _WECOM
    dingtalk_url: str = _DINGTALK
    feishu_url: str = _FEISHU
    zone: str = _ZONE  #: Where policies do not say otherwise.
    #: Seconds without a sign of a worker, after which others take over what it has.
    lease: float = _LEASE
    late_job: float = _LATE_JOB  #: Seconds that a job may be due before something is wrong.
    free_space: float = _FREE_SPACE  #: Megabytes; with less, no more work is asked for.
    watchers: str = _WATCHERS  #: Networks whose machines may read /metrics.


class NotANumber(ValueError):
    """A setting that is none, though it should be.

    Args:
        name: The environment variable.
        value: What it says.
    """

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"Expected {name} to be a number above 0, but it is {value}.")
        self.name = name
        self.value = value


class NotAnAddress(ValueError):
    """A setting that is no address of a site, though it should be.

    Args:
        name: The environment variable.
        value: What it says.
    """

    def __init__(self, name: str, value: str) -> None:
        super().__init__(
            f"Expected {name} to be an address such as https://tousu.example.com, but it"
            f" is {value}."
        )
        self.name = name
        self.value = value


def read_settings(home: Path | None = None) -> Settings:
    """Return the settings from the environment, with data under *home* (``var/``)."""
    data = home or Path(os.environ.get("COMPLAINTFLOW_HOME", "var")).resolve()

    def value(name: str) -> str | None:
        return os.environ.get(f"COMPLAINTFLOW_{name}")

    return Settings(
        database_url=value("DATABASE_URL") or f"sqlite:///{data / 'complaintflow.db'}",
        files=Path(value("FILES") or data / "files"),
        policies=Path(value("POLICIES") or _shipped()),
        secret=value("SECRET"),
        mail_url=value("MAIL_URL"),
        mail_sender=value("MAIL_SENDER") or "complaintflow@localhost",
        url=_site("URL", value("URL")),
        wecom_url=_site("WECOM_URL", value("WECOM_URL")) or _WECOM,
        dingtalk_url=_site("DINGTALK_URL", value("DINGTALK_URL")) or _DINGTALK,
        feishu_url=_site("FEISHU_URL", value("FEISHU_URL")) or _FEISHU,
        zone=value("ZONE") or _ZONE,
        lease=_number("LEASE", _LEASE),
        late_job=_number("LATE_JOB", _LATE_JOB),
        free_space=_number("FREE_SPACE", _FREE_SPACE),
        watchers=value("WATCHERS") or _WATCHERS,
    )


def _site(name: str, text: str | None) -> str | None:
    """Return the address of a site, without a slash at its end."""
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
        raise NotAnAddress(f"COMPLAINTFLOW_{name}", text)
    return text.rstrip("/")


def _number(name: str, otherwise: float) -> float:
    text = os.environ.get(f"COMPLAINTFLOW_{name}")
    if not text:
        return otherwise
    try:
        number = float(text)
    except ValueError as error:
        raise NotANumber(f"COMPLAINTFLOW_{name}", text) from error
    if not 0 < number < _MOST:
        raise NotANumber(f"COMPLAINTFLOW_{name}", text)
    return number


def _shipped() -> Path:
    """Return where the policies lie: beside the code, or inside an installed wheel."""
    checkout = _HERE.parent
    return checkout if (checkout / "processes").is_dir() else _HERE / "shipped"
