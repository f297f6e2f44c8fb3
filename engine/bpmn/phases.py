"""What a token notes about itself: names kept short, since every saved state has them."""

PHASE = "p"
FLOW = "f"  #: The flow by which it came, at elements that gather tokens.
INCIDENT = "x"  #: Why it stopped.
DUE = "d"  #: Of a repeating timer: when it is due.
CYCLE = "c"  #: Of a repeating timer: what it repeats.
LEFT = "n"  #: Of a repeating timer: how often it comes again.
DAY = "b"  #: Of a timer that repeats by months: the day that shorter ones lack.
SIGNAL = "s"  #: Name of the signal that is waited for, or thrown.
HELD = "h"  #: That a condition was true when it was last looked at.
SEEN = "o"  #: The variables that a condition looks at, as they last were.
GIVEN = "g"  #: What came with the event that begins an event sub-process.
UNWATCHED = "u"  #: At the start of a scope whose events could not be watched for yet.
UNDOABLE = "k"  #: Records of what can be undone inside an activity.
UNDOING = "y"  #: What is still to be undone.

JOINING = "j"  #: Held back at a join.
ADMITTED = "a"  #: Inside, not yet begun.
WORKING = "w"  #: Waiting for somebody, something, or a process inside.
LEAVING = "l"  #: Done, output mappings to come.
CHOOSING = "c"  #: Flows to be chosen.
WATCHING = "v"  #: An event attached to an activity or an event-based gateway.
