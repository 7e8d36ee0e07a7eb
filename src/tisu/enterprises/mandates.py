"""Who may act for a firm: given by the office, never to oneself nor to an administrator.

It ends by the office, or for a colleague who left by the firm's own principal person, and then at once.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise, Mandate
from tisu.enterprises.noted import write_down
from tisu.enterprises.services import held_fast, keeps_register, kept_fast
from tisu.foundation import clock
from tisu.orgs.models import ADMINISTRATORS


@transaction.atomic
def give_mandate(
    *, actor: User, firm: Enterprise, user: User, since: date, is_principal: bool = False
) -> Mandate:
    """This person acts for the firm from a day on."""
    kept_fast(actor, firm)
    user = User.objects.select_for_update().get(pk=user.pk)
    _not_oneself(actor, user)
    _is_no_administrator(user, since)
    kin = Enterprise.objects.kin_of([firm.pk])
    if Mandate.objects.lasting_beyond(since).filter(enterprise__in=kin, user=user).exists():
        raise ValidationError({"user": _("%(person)s acts for this firm already.") % {"person": user}})
    mandate = Mandate(enterprise=firm, user=user, since=since, is_principal=is_principal)
    mandate.full_clean()
    mandate.save()
    _record(actor, "give-mandate", mandate, since=since.isoformat())
    return mandate


@transaction.atomic
def end_mandate(*, actor: User, mandate: Mandate, until: date) -> Mandate:
    """From that day on the person acts for the firm no more; what they entered stays."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("enterprise", "user")
        .get(pk=mandate.pk)
    )
    held_fast(mandate.enterprise)
    _may_end(actor, mandate, until)
    _not_oneself(actor, mandate.user)
    mandate.check_end(until)
    mandate.until = until
    mandate.save(update_fields=["until"])
    _record(actor, "end-mandate", mandate, until=until.isoformat())
    return mandate


@transaction.atomic
def name_principal(*, actor: User, mandate: Mandate, is_principal: bool = True) -> Mandate:
    """The office says who speaks for the firm in what concerns its people, or that this person does no more."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("enterprise", "user")
        .get(pk=mandate.pk)
    )
    kept_fast(actor, mandate.enterprise)
    _not_oneself(actor, mandate.user)
    mandate.is_principal = is_principal
    mandate.save(update_fields=["is_principal"])
    _record(actor, "name-principal" if is_principal else "unname-principal", mandate)
    return mandate


def is_principal_of(user: User, firm: Enterprise) -> bool:
    kin = Enterprise.objects.kin_of([firm.pk])
    return Mandate.objects.on().filter(user=user, enterprise__in=kin, is_principal=True).exists()


def _may_end(actor: User, mandate: Mandate, until: date) -> None:
    if keeps_register(actor, mandate.enterprise.region_id):
        return
    if not is_principal_of(actor, mandate.enterprise):
        raise ValidationError(
            _("The office ends a mandate, or the firm's principal person: ask one of them.")
        )
    if until != clock.today():
        raise ValidationError({"until": _("A colleague's mandate ends at once: give today.")})


def _not_oneself(actor: User, user: User) -> None:
    if actor.pk == user.pk:
        raise ValidationError({"user": _("Nobody gives themselves a mandate, nor ends their own.")})


def _is_no_administrator(user: User, since: date) -> None:
    held = user.holdings.lasting_beyond(since).filter(post__role__in=ADMINISTRATORS)
    if held.exists():
        raise ValidationError(
            {"user": _("%(person)s is an administrator, who acts for no firm.") % {"person": user}}
        )


def _record(actor: User, act: str, mandate: Mandate, **days: str) -> None:
    write_down(actor, act, mandate.enterprise.credit_code, person=mandate.user.username, **days)
