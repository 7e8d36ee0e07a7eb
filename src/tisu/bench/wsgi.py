"""What the server of a benchmark serves: the house as `tisu serve` does, with the bare views beside it."""

from django.conf import settings
from django.db import connection

from tisu.bench import ADDRESSES
from tisu.wsgi import application

settings.ROOT_URLCONF = ADDRESSES

from tisu.bench.bare import rows_of_an_intake  # noqa: E402 - what it asks lies at those addresses

rows_of_an_intake()  # now, while no other thread writes
connection.close()

__all__ = ["application"]
