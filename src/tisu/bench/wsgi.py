"""What the server of a benchmark serves: the house as `tisu serve` does, with the bare views beside it."""

from django.conf import settings

from tisu.bench import ADDRESSES
from tisu.wsgi import application

settings.ROOT_URLCONF = ADDRESSES

__all__ = ["application"]
