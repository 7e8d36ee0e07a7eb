"""The receipt: 95 random bits and a check character, shown in five groups of four, kept only as a digest."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum import luhn

from tisu.foundation.digests import keyed_digest, keyed_digests
from tisu.foundation.numbering import ALPHABET, as_typed, grouped, random_code
from tisu.foundation.sealed import derived_seal, open_derived
from tisu.foundation.writing import write
from tisu.loop.faults import NotVisible
from tisu.voice.models import Receipt, Report

PURPOSE = "receipt"
RANDOM = 19
LONGEST_TYPED = 200
NO_SUCH_RECEIPT = _(
    "No report belongs to this receipt. Check the five groups of four characters and type them again."
)


def new_code() -> str:
    """Nineteen random characters and one computed from them (Luhn modulo 32)."""
    code = random_code(RANDOM)
    return code + luhn.calc_check_digit(code, ALPHABET)


def shown(code: str) -> str:
    return grouped(code, 4)


def folded(typed: str) -> str:
    """What was typed as the bare code; a text far too long for a receipt is not even read."""
    return as_typed(typed) if len(typed) <= LONGEST_TYPED else ""


def is_well_formed(typed: str) -> bool:
    code = folded(typed)
    return len(code) == RANDOM + 1 and luhn.is_valid(code, ALPHABET)


def issue(report: Report, *, rotates: bool = False) -> str:
    """Give a report its receipt. The code is returned this once and not kept."""
    code = new_code()
    write(Receipt(report=report, digest=keyed_digest(PURPOSE, code), rotates=rotates))
    return shown(code)


@transaction.atomic
def find(typed: str) -> Receipt:
    """The live receipt that was typed, or NotVisible with one and the same sentence.

    An ill-formed text is digested and looked for like any other, so that answers do not differ in time either;
    each under every pepper there is, because a row tells only when it is found which one it was made with.
    Using a new code for the first time ends the one it follows.
    """
    digests = keyed_digests(PURPOSE, folded(typed))
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("report__matter")
    receipt = rows.filter(Q(digest__in=digests) | Q(next_digest__in=digests)).first()
    if receipt is None:
        raise NotVisible(NO_SUCH_RECEIPT)
    if receipt.next_digest in digests:
        receipt.digest, receipt.next_digest, receipt.next_sealed = digests[0], None, None
        receipt.rotates = False
        receipt.save()
    return receipt


def next_code(receipt: Receipt, typed: str) -> str | None:
    """The code that takes this one's place, or None where no one else has seen it."""
    if not receipt.rotates:
        return None
    secret, context = folded(typed).encode(), f"next receipt:{receipt.pk}"
    if receipt.next_sealed is not None:
        return shown(open_derived(secret, receipt.next_sealed, context=context))
    code = new_code()
    receipt.next_digest = keyed_digest(PURPOSE, code)
    receipt.next_sealed = derived_seal(secret, code, context=context)
    receipt.save()
    return shown(code)
