"""Why a letter did not go out, in words for the administrator."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Any] = {
    "timeout": _("The server did not answer in time."),
    "closed": _("Nothing listens at the server's address."),
    "name": _("The server's name is not known."),
    "tls": _("The server's certificate is not trusted."),
    "broken": _("The connection broke off."),
    "login": _("The mail server did not accept name and password."),
    "address": _("The address is not allowed: it does not begin with https://."),
    "answer": _("The server answered something that is no acknowledgement."),
    "template": _("TISU_SMS_TEMPLATE is not JSON."),
    "channel": _("This way out is not set up in this installation any more."),
    "seal": _("The sealed address does not open: the key ring lacks its key."),
    "program": _("The program failed at this letter: see the log."),
}
# Codes with the number that the other side gave.
NUMBERED: dict[str, Any] = {
    "status": _("The server answered with status %(number)s."),
    "smtp": _("The mail server refused it with code %(number)s."),
    "robot": _("The robot refused it with code %(number)s."),
}


def in_words(code: str) -> str:
    kind, _space, number = code.partition(" ")
    if kind in NUMBERED:
        return str(NUMBERED[kind]) % {"number": number}
    return str(WORDS.get(code, ""))
