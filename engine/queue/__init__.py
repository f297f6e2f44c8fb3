"""How workers on PostgreSQL learn at once that a job is owed.

The table of jobs is the truth; a queue only saves the wait for the next look into it.
It does not run anything.
"""

from engine.queue.postgres import RUN_JOB, ProcrastinateQueue, open_queue, prepare_queue

__all__ = ["RUN_JOB", "ProcrastinateQueue", "open_queue", "prepare_queue"]
