"""Bundles come from folders and zips, and dangerous zips are refused."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from engine.model import BundleInvalid, NotFound
from engine.policy.bundle import Bundle, policy_keys

POLICY = b'key = "demo"\n'


def zip_of(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def rules(data: bytes) -> set[str]:
    with pytest.raises(BundleInvalid) as refused:
        Bundle.from_zip(data)
    return {finding.rule for finding in refused.value.findings}


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    home = tmp_path / "processes" / "demo"
    (home / "letters").mkdir(parents=True)
    (home / "policy.toml").write_bytes(POLICY)
    (home / "letters" / "a.md").write_text("甲")
    (home / ".DS_Store").write_bytes(b"litter")
    (tmp_path / "forms" / "demo").mkdir(parents=True)
    (tmp_path / "forms" / "demo" / "register.form").write_text("{}")
    return tmp_path


def test_a_folder_becomes_a_bundle_with_its_forms_inside(policies: Path) -> None:
    bundle = Bundle.from_folders(policies, "demo")

    assert sorted(bundle.files) == ["forms/register.form", "letters/a.md", "policy.toml"]
    assert policy_keys(policies) == ["demo"]


def test_a_policy_that_does_not_exist_is_not_found(policies: Path) -> None:
    with pytest.raises(NotFound):
        Bundle.from_folders(policies, "none")


def test_packing_is_the_same_bytes_and_unpacks_to_the_same_digest(policies: Path) -> None:
    bundle = Bundle.from_folders(policies, "demo")

    again = Bundle.from_zip(bundle.pack())

    assert again == bundle
    assert again.digest == bundle.digest
    assert again.pack() == bundle.pack()


def test_the_digest_changes_with_a_name_and_with_a_content() -> None:
    one = Bundle("demo", {"a": b"x", "b": b""})

    assert Bundle("demo", {"b": b"", "a": b"x"}).digest == one.digest
    assert Bundle("demo", {"a": b"", "b": b"x"}).digest != one.digest
    assert Bundle("demo", {"ax": b"", "b": b""}).digest != one.digest


def test_a_folder_around_everything_is_taken_off() -> None:
    data = zip_of(("demo/policy.toml", POLICY), ("demo/a.bpmn", b""), ("__MACOSX/x", b""))

    bundle = Bundle.from_zip(data)

    assert sorted(bundle.files) == ["a.bpmn", "policy.toml"]
    assert bundle.key == "demo"


def test_a_file_outside_the_policy_folder_is_refused() -> None:
    assert rules(zip_of(("demo/policy.toml", POLICY), ("x.bpmn", b""))) == {
        "bundle-outside"
    }


def test_a_broken_policy_file_leaves_the_key_open_for_the_check() -> None:
    assert Bundle.from_zip(zip_of(("policy.toml", b"key = = "))).key == ""


def test_chinese_names_of_old_windows_programs_are_read() -> None:
    entry = zipfile.ZipInfo("letters/x.md")
    data = zip_of(("policy.toml", POLICY), (entry, b""))
    data = data.replace(b"letters/x.md", b"letters/" + "信".encode("gb18030") + b"md")

    assert "letters/信md" in Bundle.from_zip(data).files


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/evil", "..\\evil", "C:\\evil", "a\nb"]
)
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    assert rules(zip_of(("policy.toml", POLICY), (name, b""))) == {"bundle-path"}


def test_a_name_that_comes_twice_is_refused() -> None:
    data = zip_of(("policy.toml", POLICY), ("a.bpmn", b"1"), ("A.bpmn", b"2"))

    assert rules(data) == {"bundle-duplicate"}


def test_a_symbolic_link_is_refused() -> None:
    link = zipfile.ZipInfo("a.bpmn")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert rules(zip_of(("policy.toml", POLICY), (link, b"/etc/passwd"))) == {"bundle-link"}


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(zip_of(("policy.toml", POLICY)))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1

    assert rules(bytes(data)) == {"bundle-encrypted"}


def test_a_bomb_is_refused() -> None:
    assert rules(zip_of(("policy.toml", POLICY), ("a.form", bytes(4_000_000)))) == {
        "bundle-bomb"
    }


def test_a_file_of_50_megabytes_is_refused() -> None:
    data = zip_of(("policy.toml", POLICY), ("a.bpmn", bytes(50_000_000)))

    assert rules(data) == {"bundle-size"}


def test_a_directory_that_lies_about_the_size_is_refused() -> None:
    data = bytearray(zip_of(("policy.toml", POLICY), ("a.bpmn", bytes(6_000_000))))
    size = data.rindex(b"PK\x01\x02") + 24
    data[size : size + 4] = (1000).to_bytes(4, "little")

    assert rules(bytes(data)) <= {"bundle-size", "bundle-damaged"}


def test_too_many_files_are_refused() -> None:
    data = zip_of(("policy.toml", POLICY), *((f"{n}.md", b"") for n in range(1_001)))

    assert rules(data) == {"bundle-size"}


@pytest.mark.parametrize("data", [b"", b"no zip at all", bytes(20_000_001)])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert rules(data) <= {"bundle-no-zip", "bundle-size"}


def test_a_cut_off_zip_is_refused() -> None:
    data = zip_of(("policy.toml", POLICY), ("a.bpmn", b"abc" * 1000))

    assert rules(data[:-30]) == {"bundle-no-zip"}


def test_damaged_content_is_refused() -> None:
    data = bytearray(zip_of(("policy.toml", POLICY), ("a.bpmn", bytes(range(256)) * 9)))
    data[data.index(b"a.bpmn") + 20] ^= 0xFF

    assert rules(bytes(data)) == {"bundle-damaged"}


def test_a_zip_without_a_policy_is_refused() -> None:
    assert rules(zip_of(("a.bpmn", b""))) == {"bundle-without-policy"}
