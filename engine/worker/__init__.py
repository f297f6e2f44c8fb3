"""Does what the machine owes: fires timers, writes letters, sends mail, starts by schedule.

It decides nothing: every job is carried out by a command, or by a delivery between two.
It knows no web; the serving process and `complaintflow worker` start it.
"""

from engine.worker.opening import open_worker
from engine.worker.running import JobRunner
from engine.worker.worker import Worker

__all__ = ["JobRunner", "Worker", "open_worker"]
