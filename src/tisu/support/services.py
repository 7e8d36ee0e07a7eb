"""What rooms above call: a request for a production factor (asking.py), a task force (forces.py)."""

from tisu.support.asking import ask
from tisu.support.forces import set_up_task_force

__all__ = ["ask", "set_up_task_force"]
