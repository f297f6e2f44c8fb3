"""Reads what people paste of a robot: its webhook, or the token out of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from engine.commands.admitting.entries import refuse_faults
from engine.model import Sentence
from engine.store.telling import ROBOT_NAMES, Webhook

_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,200}")
_SECRET = re.compile(r"[A-Za-z0-9]{8,200}")
_LONGEST = 1000  #: Characters.


@dataclass(frozen=True, slots=True)
class _Maker:
    """How the webhooks of one kind of robot look."""

    kind: str
    scheme: str  #: Of its address as other programs write it.
    host: str
    path: str
    parameter: str | None  #: That holds the token; None: the last part of the path does.
    is_signed: bool = False

    @property
    def name(self) -> Sentence:
        return ROBOT_NAMES[self.kind]

    @property
    def example(self) -> str:
        end = "…" if self.parameter is None else f"?{self.parameter}=…"
        return f"https://{self.host}{self.path}{end}"

    def token_in(self, address: str) -> str | None:
        """Return the token in an address of this maker; None if it is none of them."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme == self.scheme:
            return parts.netloc.rpartition("@")[2]
        if (parts.scheme, parts.netloc) != ("https", self.host):
            return None
        if self.parameter is not None:
            found = parse_qs(parts.query).get(self.parameter, [])
            return found[0] if parts.path == self.path and found else None
        begin, _, token = parts.path.rstrip("/").rpartition("/")
        return token if f"{begin}/" == self.path else None


MAKERS: Mapping[str, _Maker] = {
    "wecom": _Maker(
        kind="wecom",
        scheme="wecombot",
        host="qyapi.weixin.qq.com",
        path="/cgi-bin/webhook/send",
        parameter="key",
    ),
    "dingtalk": _Maker(
        kind="dingtalk",
        scheme="dingtalk",
        host="oapi.dingtalk.com",
        path="/robot/send",
        parameter="access_token",
        is_signed=True,
    ),
    "feishu": _Maker(
        kind="feishu",
        scheme="feishu",
        host="open.feishu.cn",
        path="/open-apis/bot/v2/hook/",
        parameter=None,
    ),
}


def read_webhook(kind: str, address: str, secret: str) -> Webhook:
    """Return what is pasted as the webhook of a robot.

    Args:
        kind: Of the robot.
        address: As its settings show it, or the token in it alone.
        secret: With which messages are signed; empty where they are not.

    Raises:
        InvalidValues: If it is no kind, or no webhook of this kind, or no such secret.
    """
    address, secret = address.strip(), secret.strip()
    maker = MAKERS.get(kind)
    if maker is None:
        known = {"known": ", ".join(ROBOT_NAMES), "kind": kind[:100]}
        said = Sentence("Expected one of the robots {known}, but got {kind}.", known)
        refuse_faults({"kind": (said,)})
    assert maker is not None
    token = address if _TOKEN.fullmatch(address) else maker.token_in(address[:_LONGEST])
    secret = secret or _secret_in(maker, address)
    refuse_faults(
        {
            "address": () if token and _fits(token) else _address_faults(maker, address),
            "secret": _secret_faults(maker, secret),
        }
    )
    return Webhook(token or "", secret or None)


def _fits(token: str) -> bool:
    return _TOKEN.fullmatch(token) is not None


def _secret_in(maker: _Maker, address: str) -> str:
    if maker.is_signed and address.startswith(f"{maker.scheme}://"):
        return urlsplit(address).netloc.rpartition("@")[0]
    return ""


def _address_faults(maker: _Maker, address: str) -> tuple[Sentence, ...]:
    """Say what is expected; never what was pasted, which may be another secret."""
    for other in MAKERS.values():
        if other is not maker and other.token_in(address[:_LONGEST]) is not None:
            return (
                Sentence(
                    "Expected the webhook of a robot of {robot}, but this is one of"
                    " {other}; choose that kind.",
                    {"robot": maker.name, "other": other.name},
                ),
            )
    return (
        Sentence(
            "Expected the webhook as the robot's settings in {robot} show it, such as"
            " {example}, but this is none.",
            {"robot": maker.name, "example": maker.example},
        ),
    )


def _secret_faults(maker: _Maker, secret: str) -> tuple[Sentence, ...]:
    if not secret:
        return ()
    if not maker.is_signed:
        return (
            Sentence(
                "Expected no secret, since messages to robots of {robot} go unsigned; let"
                " the robot ask for a keyword in its place.",
                {"robot": maker.name},
            ),
        )
    if _SECRET.fullmatch(secret):
        return ()
    return (Sentence("Expected the secret as DingTalk shows it, beginning with SEC."),)
