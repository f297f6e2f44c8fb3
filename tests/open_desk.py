"""Where the policy lies that tests open to the public."""

from pathlib import Path

#: A folder of its own, so that `tests/bundles` holds one policy alone.
OPEN_BUNDLES = Path(__file__).parent / "open_bundles"
