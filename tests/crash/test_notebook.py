"""The notes of processes that are killed while they write them."""

from tests.crash.notebook import Notebook, read


def test_a_line_that_a_kill_tore_is_none_and_spoils_none(tmp_path):
    path = tmp_path / "wu"
    Notebook(path).accept("wu-1")
    with path.open("ab") as torn:
        torn.write(b'{"accep')

    Notebook(path).accept("wu-2")

    assert read(path).accepted == ["wu-1", "wu-2"]
