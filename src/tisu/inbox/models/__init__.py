"""What stands in a person's inbox, where messages go outside, and what is on its way."""

from tisu.inbox.models.delivery import Delivery, Status
from tisu.inbox.models.destination import Destination
from tisu.inbox.models.message import Digest, Message

__all__ = ["Delivery", "Destination", "Digest", "Message", "Status"]
