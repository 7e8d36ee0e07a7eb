"""E-mail through the county's own server (TISU_SMTP_URL)."""

import smtplib
import ssl
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tisu.inbox.channels import Fault, Parcel, Refused, Unreachable

LONGEST = 254  # signs of an address, RFC 5321


class Mail:
    """The Message-ID is made of the idempotency key: mail programs show a repeat once."""

    code = "mail"
    label = _("E-mail")
    address_label = _("E-mail address")
    for_units = False
    one_server = True
    asks_secret = ""
    takes_anchors = False

    def is_ready(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def clean(self, address: str) -> str:
        """In lower case: mailboxes that differ in case alone exist in no county."""
        address = address.lower()
        try:
            validate_email(address)
        except ValidationError:
            address = ""
        if not address or not address.isascii() or len(address) > LONGEST:
            raise ValidationError(
                _("This is no e-mail address: it has the form name@example.cn."), code="invalid"
            )
        return address

    def mask(self, address: str) -> str:
        name, _at, host = address.partition("@")
        return f"{name[:1]}…@{host}"

    def send(self, parcel: Parcel) -> None:
        letter = EmailMessage(
            subject=parcel.subject,
            body=f"{parcel.text}\n\n{parcel.url}\n",
            to=[parcel.address],
            headers={
                "Message-ID": f"<{parcel.key}@{urlsplit(settings.PUBLIC_URL).hostname}>",
                "Auto-Submitted": "auto-generated",
            },
            connection=get_connection(timeout=settings.EMAIL_TIMEOUT),
        )
        try:
            letter.send()
        except (smtplib.SMTPException, OSError, ssl.SSLError) as fault:
            raise _told(fault) from None


def _told(fault: Exception) -> Fault:
    """The kind of fault and the server's number, never its sentence: that one quotes addresses."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in fault.recipients.values()]
        return Refused(f"smtp {codes[0]}" if codes else "broken")
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return Unreachable("login")
    if isinstance(fault, (smtplib.SMTPSenderRefused, smtplib.SMTPDataError)):
        return Refused(f"smtp {fault.smtp_code}")
    if isinstance(fault, TimeoutError):
        return Unreachable("timeout")
    if isinstance(fault, ConnectionRefusedError):
        return Unreachable("closed")
    return Unreachable("tls" if isinstance(fault, ssl.SSLError) else "broken")
