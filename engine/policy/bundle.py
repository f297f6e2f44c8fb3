"""All files of one policy, from a folder or a zip, identified by their digest."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from engine.model import BundleInvalid, Finding, NotFound, Sentence
from engine.policy.archive import read_zip, write_zip

#: Where the desktop modeler looks for element templates, beside or above a diagram.
TEMPLATES = ".camunda/element-templates"
#: Left behind by operating systems and editors; no part of any policy.
_LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"}


@dataclass(frozen=True)
class Bundle:
    """The files of one policy by their path inside the bundle, forms included."""

    key: str  #: The policy's key; empty where policy.toml does not say it.
    files: Mapping[str, bytes]

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of names and contents, whatever the packing."""
        whole = hashlib.sha256()
        for name in sorted(self.files):
            content = self.files[name]
            whole.update(f"{name}\0{len(content)}\0".encode())
            whole.update(content)
        return whole.hexdigest()

    @classmethod
    def from_folders(cls, policies: Path, key: str) -> "Bundle":
        """Return the bundle in *policies*: ``processes/<key>`` with ``forms/<key>``.

        The element templates that all policies share come along, so that the desktop
        modeler finds them beside the diagrams of an unpacked zip.

        Raises:
            NotFound: If there is no such policy.
        """
        home = policies / "processes" / key
        if not (home / "policy.toml").is_file():
            raise NotFound(
                "Expected to find policy {policy} in {folder}, but there is none.",
                policy=key,
                folder=str(policies / "processes"),
            )
        files = {
            f"{TEMPLATES}/{name}": content
            for name, content in _tree(policies / "processes" / TEMPLATES)
        }
        files.update(_tree(home))
        for name, content in _tree(policies / "forms" / key):
            files[f"forms/{name}"] = content
        return cls(key, files)

    @classmethod
    def from_folder(cls, folder: Path) -> "Bundle":
        """Return the bundle that lies in *folder* with its forms inside, as in a zip."""
        files = dict(_tree(folder))
        return cls(_key_in(files.get("policy.toml", b"")), files)

    @classmethod
    def from_zip(cls, data: bytes) -> "Bundle":
        """Return the bundle packed in *data*; one folder around everything is taken off.

        Raises:
            BundleInvalid: If the zip is broken, dangerous, or holds no policy.
        """
        files = {name: content for name, content in read_zip(data).items() if _counts(name)}
        home = _home_of_policy(files)
        outside = [name for name in files if not name.startswith(home)]
        if outside:
            raise BundleInvalid(tuple(_outside(name, home) for name in outside))
        inside = {name[len(home) :]: content for name, content in files.items()}
        return cls(_key_in(inside["policy.toml"]), inside)

    def pack(self) -> bytes:
        """Return the files as a zip, the same bytes for the same files."""
        return write_zip(self.files)

    def text(self, name: str) -> str:
        """Return file *name* as text; what is no UTF-8 shows as replacement marks."""
        return self.files[name].decode("utf-8-sig", errors="replace")

    def named(self, *endings: str, under: str = "") -> list[str]:
        """Return the sorted names of files with one of *endings* in folder *under*."""
        return sorted(
            name for name in self.files if name.startswith(under) and name.endswith(endings)
        )


def policy_keys(policies: Path) -> list[str]:
    """Return the keys of the policies that lie in *policies*."""
    return sorted(path.parent.name for path in policies.glob("processes/*/policy.toml"))


def _tree(folder: Path) -> list[tuple[str, bytes]]:
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and _counts(name):
            found.append((name, path.read_bytes()))
    return found


def _counts(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not _LITTER.intersection(parts) and not name.endswith(("~", ".swp"))


def _home_of_policy(files: Mapping[str, bytes]) -> str:
    homes = [
        name.removesuffix("policy.toml")
        for name in files
        if PurePosixPath(name).name == "policy.toml"
    ]
    if not homes:
        raise BundleInvalid((_NO_POLICY,))
    return min(homes, key=lambda home: (home.count("/"), home))


def _key_in(policy: bytes) -> str:
    """Return the key in policy.toml, or nothing: the check says what is wrong there."""
    try:
        key = tomllib.loads(policy.decode("utf-8-sig")).get("key", "")
    except (ValueError, RecursionError):
        return ""
    return key if isinstance(key, str) else ""


def _outside(name: str, home: str) -> Finding:
    return Finding(
        file=name,
        element=None,
        rule="bundle-outside",
        what=Sentence(
            "Expected all files beside policy.toml in {home}, but this one is not.",
            {"home": home},
        ),
        remedy=Sentence("Pack one policy a zip, with its forms in the folder forms/."),
    )


_NO_POLICY = Finding(
    file="policy.toml",
    element=None,
    rule="bundle-without-policy",
    what=Sentence("Expected a file policy.toml in the bundle, but there is none."),
    remedy=Sentence("Pack the policy's own folder, the one that holds policy.toml."),
)
