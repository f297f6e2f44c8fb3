"""The pages on which administrators look after people, units, robots and tokens.

What a person sets for themselves is in `webapp.account`.
"""

from webapp.people import robots, screens, tokens, units

SCREENS = (robots, screens, tokens, units)
