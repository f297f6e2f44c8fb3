"""`complaintflow backup` and `complaintflow restore`."""

from pathlib import Path

import click

from engine.cli.session import Session, pass_session
from engine.cli.spoken import SpokenCommand
from engine.model import SystemClock
from engine.store.backup import back_up
from engine.store.backup import restore as bring_back

_ARCHIVE = click.Path(dir_okay=False, path_type=Path)


@click.command(cls=SpokenCommand)
@click.argument("archive", type=_ARCHIVE)
@pass_session
def backup(session: Session, archive: Path) -> None:
    """Copy the embedded database and all files into an archive, while the system runs."""
    report = back_up(session.settings, archive, SystemClock().now())
    session.say(
        "Wrote {archive}: a database of {bytes} bytes and {files} files.",
        archive=archive,
        bytes=report.database_bytes,
        files=report.files,
    )


@click.command(cls=SpokenCommand)
@click.argument("archive", type=_ARCHIVE)
@pass_session
def restore(session: Session, archive: Path) -> None:
    """Bring database and files back from an archive; the system must not be running."""
    report = bring_back(session.settings, archive)
    session.say(
        "Restored the state of {made_at}: a database of {bytes} bytes and {files} files.",
        made_at=report.made_at,
        bytes=report.database_bytes,
        files=report.files,
    )
