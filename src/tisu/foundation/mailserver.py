"""The mail server that TISU_SMTP_URL names. Read by settings, so it imports nothing that needs them."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# smtp is for a relay on the same network; the two others are encrypted, from the start or by STARTTLS.
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """No host: this installation sends no mail."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False

    @property
    def sender(self) -> str:
        """The address that mail comes from unless TISU_MAIL_FROM says otherwise."""
        return self.user if "@" in self.user else f"tisu@{self.host or 'localhost'}"


def read_mail_server(url: str) -> MailServer:
    """`smtp+tls://name:password@mail.example.cn:587`; name and password percent-encoded where need be."""
    if not url:
        return MailServer()
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        parts = None
    if parts is None or not parts.hostname:
        # Without what was given: it holds a password.
        raise ImproperlyConfigured(
            "TISU_SMTP_URL takes smtp://, smtp+tls:// or smtps:// with name, password, host and port."
        )
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )
