"""Where the pages are served: tried before the server starts, so that a fault is told in a sentence."""

import errno
import socket

from django.conf import settings
from django.utils.translation import gettext as _


class NoPlaceToListen(Exception):
    """TISU_HOST and TISU_PORT name no place where this process can listen."""


def try_to_listen() -> None:
    words = {"host": settings.HOST, "port": settings.PORT}
    if not 0 < settings.PORT < 65536:
        raise NoPlaceToListen(_("TISU_PORT takes a number from 1 to 65535, not %(port)s.") % words)
    try:
        _listen()
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            sentence = _("Port %(port)s on %(host)s is taken: name another one in TISU_PORT.")
        else:
            sentence = _("Nobody can listen on %(host)s:%(port)s (%(why)s): change TISU_HOST or TISU_PORT.")
        raise NoPlaceToListen(sentence % (words | {"why": fault.strerror})) from None


def _listen() -> None:
    family, kind, _protocol, _name, address = socket.getaddrinfo(
        settings.HOST, settings.PORT, type=socket.SOCK_STREAM
    )[0]
    with socket.socket(family, kind) as listener:
        listener.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # a server that just ended is no obstacle
        listener.bind(address)
