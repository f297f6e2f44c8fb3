"""What a token notes about itself: names kept short, since every saved state has them."""

PHASE = "p"
FLOW = "f"  #: The flow by which it came, at elements that gather tokens.
INCIDENT = "x"  #: Why it stopped.
DUE = "d"  #: Of a repeating timer: when it is due.
CYCLE = "c"  #: Of a repeating timer: what it repeats.
LEFT = "n"  #: Of a repeating timer: how often it comes again.

JOINING = "j"  #: Held back at a join.
ADMITTED = "a"  #: Inside, not yet begun.
WORKING = "w"  #: Waiting for somebody, something, or a process inside.
LEAVING = "l"  #: Done, output mappings to come.
CHOOSING = "c"  #: Flows to be chosen.
WATCHING = "v"  #: An event attached to an activity or an event-based gateway.
