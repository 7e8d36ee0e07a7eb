"""What rooms above call: a request for a production factor, a task force. See asking.py and forces.py for the rules."""

from tisu.support.asking import ask

__all__ = ["ask"]
