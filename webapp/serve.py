"""``complaintflow serve``: the web pages and the worker, in one process."""

import gc
import ipaddress
import os
import signal
import socket
import sys
from dataclasses import dataclass
from types import FrameType

import click
import msgspec
import waitress

from engine.cli.findings import print_findings
from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenCommand
from engine.commands.people.accounts import AddPerson
from engine.model import SYSTEM, BundleInvalid, EngineError, InvalidValues, Sentence
from engine.queries.operations.installation import InstallationState
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.store.connections import is_embedded
from engine.watch import set_up_logs
from engine.worker import open_worker
from webapp import create_app
from webapp.demo import PASSWORD, load_demo
from webapp.processes import Processes, open_socket
from webapp.shell.assets import require_bundle
from webapp.shell.security import LARGEST_REQUEST

_GARBAGE = 20_000  #: New objects after which Python looks for garbage among them.
ADMINISTRATOR = "admin"
ADMIN_PASSWORD = "COMPLAINTFLOW_ADMIN_PASSWORD"
FIRST_PASSWORD = Sentence("Password of the first administrator, admin")


@dataclass(frozen=True, slots=True)
class Address:
    """Where pages are served, and what stands in front."""

    host: str
    port: int
    proxy: str | None

    @property
    def is_private(self) -> bool:
        """Tell whether nobody but people at this machine gets here."""
        return self.proxy is None and _is_loopback(self.host)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line says."""

    host: str
    port: int
    threads: int
    processes: int
    demo: bool
    worker: bool
    proxy: str | None
    #: The socket that a process of several is handed.
    listener: int | None


@click.command(cls=SpokenCommand)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8080, show_default=True, help="On which port.")
@click.option("--threads", default=8, show_default=True, help="How many answer at once.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes share the address.",
)
@click.option("--listener", type=int, hidden=True)
@click.option("--demo", is_flag=True, help="With demo people and the shipped policies.")
@click.option("--worker/--no-worker", default=True, help="Also do what falls due.")
@click.option("--proxy", help="Address of a proxy in front, whose headers are believed.")
@pass_session
def serve(session: Session, /, **options: object) -> None:
    """Serve the web pages, and do what falls due."""
    set_up_logs()
    require_bundle()
    asked = msgspec.convert(options, _Asked)
    address = Address(asked.host, asked.port, asked.proxy)
    engine = Engine(session.settings)
    try:
        if asked.listener is None:
            _set_up(session, engine, address, demo=asked.demo)
            session.say("Open {address} in a browser.", address=address)
        if asked.processes == 1:
            _serve(engine, session, _where(address, asked.listener), asked)
    finally:
        engine.close()
    if asked.processes > 1:
        again = [*sys.argv[1:], "--processes", "1"]
        shared = open_socket(asked.host, asked.port)
        Processes(shared, again, asked.processes, worker=asked.worker).run()


def _set_up(session: Session, engine: Engine, address: Address, *, demo: bool) -> None:
    if is_embedded(session.settings.database_url):
        engine.migrate()
    else:
        engine.database.refuse_other_schema()
    if demo:
        refuse_demo_outside(address, demo_exists=True)
        _print_people(session, _load(session, engine))
    state = engine.ask(InstallationState(), by=SYSTEM)
    refuse_demo_outside(address, demo_exists=bool(state.demo_logins))
    if not state.has_administrator:
        _add_administrator(session, engine)


def _where(address: Address, listener: int | None) -> dict[str, object]:
    """Return what tells waitress where to listen and whom to believe."""
    if listener is None:
        place: dict[str, object] = {"host": address.host, "port": address.port}
    else:
        signal.signal(signal.SIGTERM, _leave)
        place = {"sockets": [socket.socket(fileno=listener)]}
    return place | _believed(address.proxy)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _serve(
    engine: Engine, session: Session, where: dict[str, object], asked: _Asked
) -> None:
    app = create_app(engine, session.settings)
    _settle_memory()
    runner = open_worker(engine) if asked.worker else None
    if runner is not None:
        app.extensions["worker"] = runner
        runner.start()
    try:
        waitress.serve(
            app,
            threads=asked.threads,
            ident=None,
            max_request_body_size=LARGEST_REQUEST,
            clear_untrusted_proxy_headers=True,
            **where,
        )
    finally:
        if runner is not None:
            runner.stop()


def _settle_memory() -> None:
    """Let Python look for garbage among what requests make, not in the program itself."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)


def _believed(proxy: str | None) -> dict[str, object]:
    """Return whose headers on client and protocol waitress believes: nobody's, or one's."""
    if proxy is None:
        return {}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def refuse_demo_outside(address: Address, *, demo_exists: bool) -> None:
    """Refuse to let other machines reach people whose password everybody knows.

    Raises:
        EngineError: If there are such people and *address* is not this machine's alone.
    """
    if demo_exists and not address.is_private:
        raise EngineError(
            "Expected an address of this machine alone, since demo people can log in, but"
            " got {host}; make them inactive first, or use another --home.",
            host=address.host,
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _add_administrator(session: Session, engine: Engine) -> None:
    """Let the first administrator in, with a password from the environment or typed."""
    password = os.environ.get(ADMIN_PASSWORD) or click.prompt(
        session.words(FIRST_PASSWORD, session.language),
        hide_input=True,
        confirmation_prompt=True,
    )
    command = AddPerson(
        ADMINISTRATOR, "Administrator", password, rights=("admin", "deploy", "operate")
    )
    try:
        engine.run(command, by=SYSTEM)
    except InvalidValues as refusal:
        sentence = next(iter(refusal.errors.values()))[0]
        raise EngineError(sentence.template, **sentence.values) from refusal
    session.say("The first administrator signs in as {login}.", login=ADMINISTRATOR)


def _load(session: Session, engine: Engine) -> Cast:
    try:
        return load_demo(engine, session.settings.policies)
    except BundleInvalid as refusal:
        print_findings(session, refusal.findings)
        raise


def _print_people(session: Session, cast: Cast) -> None:
    session.say("Demo people, all with the password {password}:", password=PASSWORD)
    for person in cast.people:
        click.echo(f"  {person.login:32} {person.name}")
