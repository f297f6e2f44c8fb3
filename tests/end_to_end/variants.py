"""Small policies for the demo people, made of the tests' minimal bundle."""

from pathlib import Path

from engine.policy.bundle import Bundle

_BUNDLES = Path(__file__).parents[1] / "bundles"
_FOR_DEMO_PEOPLE = {
    b'"clerk"': b'"hq-clerk"',
    b"[clerk]": b"[hq-clerk]",
    b'"head"': b'"hq-regional-manager"',
    b"[head]": b"[hq-regional-manager]",
    b'within = "branch"\nunit = "= branch"\n': b"",
    b'"north"': b'"branch-shanghai"',
    b'"south"': b'"branch-hangzhou"',
}


def small_policy(key: str, title: str, number: str, **changes: tuple[str, str]) -> Bundle:
    """Return a policy that a clerk and a regional manager of headquarters carry out.

    Args:
        key: Its key; every test has its own.
        title: Its title, which is also what the clerk presses to register.
        number: What the numbers of its cases begin with.
        changes: A text to be replaced, and by what, by file without its ending.
    """
    files = {}
    for name, content in Bundle.from_folders(_BUNDLES, "minimal").files.items():
        if name.startswith("scenarios/"):  # They name other people.
            continue
        for old, new in _FOR_DEMO_PEOPLE.items():
            content = content.replace(old, new)
        files[name] = content
    replaced = {'key = "minimal"': f'key = "{key}"', "简易投诉": title, "JY-": f"{number}-"}
    for old, new in [*replaced.items(), ("登记投诉", title)]:
        _replace(files, "policy.toml", old, new)
    for stem, (old, new) in changes.items():
        name = next(each for each in files if Path(each).stem == stem)
        _replace(files, name, old, new)
    return Bundle(key, files)


def _replace(files: dict[str, bytes], name: str, old: str, new: str) -> None:
    text = files[name].decode()
    assert old in text, f"Expected {old!r} in {name}, but it is not there."
    files[name] = text.replace(old, new).encode()
