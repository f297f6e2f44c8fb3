"""Which guides of a policy are shown at an element."""

from dataclasses import dataclass

from engine.policy import LoadedPolicy
from engine.policy.ids import listed_ids


@dataclass(frozen=True, slots=True)
class GuideText:
    """A text for whoever works here."""

    title: str
    body: str  #: Markdown.


def guides_at(
    loaded: LoadedPolicy, process_id: str, element_id: str
) -> tuple[GuideText, ...]:
    """Return the guides that the element names, in its order."""
    process = loaded.definitions.processes.get(process_id)
    element = process.elements.get(element_id) if process else None
    if element is None:
        return ()
    named = listed_ids(element.properties.get("guides"))
    return tuple(
        GuideText(guide.title, guide.body)
        for guide in (loaded.guides[each] for each in named if each in loaded.guides)
    )
