"""The disk is full: everybody is told, nothing is half done, and it goes on with room."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from engine.commands.cases.lifecycle import AddComment, StartCase
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import CaseId, Unavailable
from engine.settings import Settings
from engine.store.files import FileStore
from engine.store.models import Case, Comment, Job, JournalLine
from engine.worker import JobRunner
from tests.crash import judging
from tests.together.house import House
from tests.together.rapids import KEY, PROCESS, rapids

pytestmark = pytest.mark.xdist_group("together")


def harm(house: House) -> list[str]:
    return [
        *house.faults(),
        *judging.judge_effects(house.engine),
        *judging.judge_numbers(house.engine),
        *judging.judge_states(house.engine),
    ]


class Limit:
    """How many pages the SQLite database may have; None: as many as it likes."""

    def __init__(self, house: House) -> None:
        self._connections = house.engine.database.connections
        self._pages = 0
        event.listen(self._connections, "connect", self._set)

    def no_more_than(self, more: int) -> None:
        """Leave room for so many pages more."""
        with self._connections.connect() as connection:
            now = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        self._pages = now + more
        self._connections.dispose()

    def _set(self, connection, _) -> None:
        if self._pages:
            connection.execute(f"PRAGMA max_page_count = {self._pages}")


def fill(house: House, case: CaseId) -> None:
    """Write until there is no room."""
    root = house.who("root")
    for _ in range(1000):
        house.engine.run(AddComment(case, "满" * 500), by=root)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_what_finds_no_room_is_refused_whole_and_goes_on_with_room(house):
    limit, lin, root = Limit(house), house.who("lin"), house.who("root")
    [case] = house.begin(1)
    limit.no_more_than(4)

    with pytest.raises(Unavailable, match="the disk is full"):
        fill(house, case)
    for _ in range(20):
        with suppress(Unavailable):
            house.engine.run(StartCase(KEY, PROCESS, {}), by=lin)
        with suppress(Unavailable):
            house.engine.run(AddComment(case, "满" * 2000), by=root)

    assert len(house.rows(Case)) == 1 + len(_lines(house, "StartCase")) - 1
    assert len(house.rows(Comment)) == len(_lines(house, "AddComment"))
    assert harm(house) == []

    limit.no_more_than(1000)
    house.engine.run(CompleteTask(house.open_tasks("examine")[0]), by=lin)
    house.begin(2)
    assert harm(house) == []


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_the_worker_waits_for_room_and_loses_no_job(house):
    limit = Limit(house)
    house.begin(3)
    [case, *_] = house.rows(Case)
    house.clock.move(hours=5)
    limit.no_more_than(1)
    with suppress(Unavailable):
        fill(house, case.id)

    for _ in range(3):
        JobRunner(house.engine).run_due()
        house.clock.move(minutes=2)
    assert harm(house) == []

    limit.no_more_than(1000)
    for _ in range(10):
        JobRunner(house.engine).run_due()
        house.clock.move(minutes=2)
    assert not house.rows(Job, Job.kind == "timer", Job.state != "done")
    assert harm(house) == []


def test_a_file_that_finds_no_room_leaves_nothing_behind(tmp_path):
    files = FileStore(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Unavailable, match="the disk is full"):
            files.add(b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert files.read(files.add(b"x" * 5000)) == b"x" * 5000


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Mount a disk of this size at *folder*."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("No disk can be mounted here.")
    yield
    subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


def test_a_disk_that_is_really_full_does_no_harm(tmp_path):
    with small_disk(tmp_path, "3m"):
        house = House(Settings(f"sqlite:///{tmp_path / 'case.db'}", tmp_path, tmp_path))
        house.furnish(rapids())
        files = FileStore(tmp_path / "files")
        ballast = tmp_path / "ballast"
        ballast.write_bytes(b"x" * 1_000_000)
        [case] = house.begin(1)

        with pytest.raises(Unavailable, match="the disk is full"):
            fill(house, case)
        for _ in range(5):
            with suppress(Unavailable):
                house.begin(1)
        with pytest.raises(Unavailable, match="the disk is full"):
            files.add(b"x" * 2_000_000)
        assert harm(house) == []

        ballast.unlink()
        house.begin(3)
        files.add(b"x" * 100_000)
        assert harm(house) == []
        house.engine.close()


def _lines(house: House, command: str) -> list[JournalLine]:
    return list(house.rows(JournalLine, JournalLine.command == command))
