"""The pages on which staff work: the worklist, a task, a registration, more time.

They show no more of a case than the task needs; the rest is in `webapp.cases`.
"""

from webapp.tasks import byhand, deadlines, register, screens, worklist

SCREENS = (byhand, deadlines, register, screens, worklist)
