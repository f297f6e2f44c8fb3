"""Which bundle somebody means: a policy's key, a folder, or a zip."""

from pathlib import Path

from engine.cli.session import Session
from engine.model import NotFound
from engine.policy.bundle import Bundle, policy_keys


def bundles_meant(session: Session, names: tuple[str, ...]) -> list[Bundle]:
    """Return the bundles that *names* mean; all policies of the installation if none."""
    return [
        bundle_meant(session, name)
        for name in names or policy_keys(session.settings.policies)
    ]


def bundle_meant(session: Session, name: str) -> Bundle:
    """Return the bundle that *name* means.

    Raises:
        NotFound: If it is no policy, no folder of one, and no zip.
    """
    path = Path(name)
    if path.is_file():
        return Bundle.from_zip(path.read_bytes())
    if (path / "policy.toml").is_file():
        return _from_folder(path.resolve())
    if name in policy_keys(session.settings.policies):
        return Bundle.from_folders(session.settings.policies, name)
    raise NotFound(
        "Expected a policy, its folder or a zip, but there is no {name}; known policies: "
        "{known}.",
        name=name,
        known=", ".join(policy_keys(session.settings.policies)) or "-",
    )


def _from_folder(folder: Path) -> Bundle:
    """Return a policy that lies beside others, or a zip that was unpacked."""
    if folder.parent.name == "processes":
        return Bundle.from_folders(folder.parent.parent, folder.name)
    return Bundle.from_folder(folder)
