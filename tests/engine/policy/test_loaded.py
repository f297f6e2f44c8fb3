"""Loaded policies are shared, and forgotten when there are too many."""

from concurrent.futures import ThreadPoolExecutor

from engine.policy import Bundle, Library
from tests.engine.policy.bundles import changed, minimal


def test_a_policy_is_read_once() -> None:
    library, fetched = Library(), []

    def fetch() -> Bundle:
        fetched.append(1)
        return minimal()

    first, second = library.get("a", fetch), library.get("a", fetch)

    assert first is second
    assert len(fetched) == 1


def test_the_least_recently_used_is_forgotten() -> None:
    library, fetched = Library(most=2), []
    bundles = {
        name: changed("policy.toml", "简易投诉", f"简易投诉{name}")
        for name in ("a", "b", "c")
    }

    for name in ("a", "b", "a", "c", "a", "b"):
        library.get(name, lambda name=name: fetched.append(name) or bundles[name])

    assert fetched == ["a", "b", "c", "b"]


def test_threads_share_one_policy() -> None:
    library = Library()

    with ThreadPoolExecutor(4) as threads:
        loaded = list(threads.map(lambda _: library.get("a", minimal), range(8)))

    assert len({id(policy) for policy in loaded}) == 1
