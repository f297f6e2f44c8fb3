"""What lists of the interface have in common: which page, and how many there are."""

from typing import Annotated

import msgspec
from msgspec import Meta

from engine.queries.showing.listing import LARGEST_PAGE, PAGE
from webapp.shell.listing import MOST_PAGES

PageNumber = Annotated[int, Meta(ge=1, le=MOST_PAGES)]
PageSize = Annotated[int, Meta(ge=1, le=LARGEST_PAGE)]


class Paged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page of a list is asked for."""

    page: PageNumber = 1
    size: PageSize = PAGE
