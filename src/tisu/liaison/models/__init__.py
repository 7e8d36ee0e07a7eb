"""Which leader's post keeps in touch with which firm, and every time that it did."""

from tisu.liaison.models.contact import COUNTED_AS, Answer, Contact, Mode
from tisu.liaison.models.pairing import Pairing
from tisu.liaison.models.raised import RaisedIssue, RaisedPromise, RaisedRequest

__all__ = [
    "COUNTED_AS",
    "Answer",
    "Contact",
    "Mode",
    "Pairing",
    "RaisedIssue",
    "RaisedPromise",
    "RaisedRequest",
]
