"""The second factor that a demonstration gives its accounts, so that walled pages can be tried: its code is shown.

`given` stands in the row, and counts only where settings say that this is a demonstration.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tisu.accounts.factors import factors_of, is_given
from tisu.accounts.mfa import MfaAdapter
from tisu.accounts.models import User

SECRET = "TISUDEMOTISUDEMOTISUDEMOTISUDEMO"  # public, like the demonstration's password


def give_factor(user: User) -> Authenticator:
    row = TOTP.activate(user, SECRET).instance
    row.data["given"] = True
    row.save(update_fields=["data"])
    return row


def shown_code(user: User) -> str:
    """What the app would show now; empty for a factor that somebody set up."""
    row = next((row for row in factors_of(user) if is_given(row)), None)
    if row is None:
        return ""
    *_past, now, _next = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(MfaAdapter().decrypt(row.data["secret"]), now))
