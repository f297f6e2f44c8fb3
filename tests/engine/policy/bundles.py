"""The small policy with one thing changed in it."""

from pathlib import Path

from engine.policy import Bundle

BUNDLES = Path(__file__).resolve().parents[2] / "bundles"


def minimal() -> Bundle:
    return Bundle.from_folders(BUNDLES, "minimal")


def changed(name: str, before: str, after: str) -> Bundle:
    """Return the small policy with *before* in file *name* replaced by *after*."""
    bundle = minimal()
    text = bundle.text(name)
    assert before in text, f"{before} is not in {name}"
    return with_file(name, text.replace(before, after, 1).encode())


def with_file(name: str, content: bytes | None) -> Bundle:
    """Return the small policy with another file *name*, or without it."""
    files = dict(minimal().files)
    files.pop(name, None)
    if content is not None:
        files[name] = content
    return Bundle("minimal", files)
