"""Writing figures: told by the firm itself or entered by the office from a named source, corrected, taken back.

A refusal is a ValidationError that names the field, so that a page, the firm's own side and an import say the same.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.amounts import Amount
from tisu.enterprises.figure_rules import check_alone, check_beside, in_its_place, standing_like
from tisu.enterprises.models import Enterprise, Figure, Origin
from tisu.enterprises.noted import FIRM, signature, write_down
from tisu.enterprises.periods import Period
from tisu.enterprises.services import held_fast, keeps_register
from tisu.foundation import clock
from tisu.foundation.signatures import as_written

# As they stand in the code: foundation.signatures writes and reads them in the right language.
THE_FIRM, BY_ENTERING = gettext_noop("the firm itself"), gettext_noop("by entering it")


def tells_figures(user: User, firm: Enterprise) -> bool:
    """The firm's own people, and the office that keeps its register."""
    return speaks_for(user, firm) or keeps_register(user, firm.region_id)


def speaks_for(user: User, firm: Enterprise) -> bool:
    return firm.root_id in standing_of(user).enterprises


@transaction.atomic
def record_figure(
    *,
    actor: User,
    firm: Enterprise,
    measure: str,
    status: str,
    period: Period,
    amount: Amount,
    origin: str = Origin.FIRM,
    source: str = "",
    consent: str = "",
    said_on: date | None = None,
    replacing: Figure | None = None,
    reason: str = "",
) -> Figure:
    """Keep a figure. One that says the same as what stands changes nothing; another one is a correction, or refused.

    The firm's own people enter what the firm tells, and entering it is the consent; the office names a source, and for
    what the firm told how it agreed.
    """
    firm = held_fast(firm)
    figure = Figure(
        enterprise=firm, measure=measure, status=status, grain=period.grain, first=period.first, last=period.last,
        value=amount.value, bound=amount.bound, origin=origin, source=source, consent=consent,
        said_on=said_on or clock.today(), entered_by=actor, entered_at=clock.now(),
        signed=_sign(actor, firm),
    )  # fmt: skip
    _may_enter(actor, firm, figure)
    if same := standing_like(figure):
        return same
    check_alone(figure)
    _take_the_place_of(figure, replacing, actor)
    check_beside(figure)
    figure.full_clean(validate_constraints=False)
    figure.save()
    said = {
        "measure": measure,
        "status": status,
        "period": period.code,
        "value": amount.value,
        "source": figure.source,
    }
    if replacing:
        write_down(actor, "correct-figure", firm.credit_code, reason=reason, was=replacing.value, **said)
    else:
        write_down(actor, "record-figure", firm.credit_code, **said)
    return figure


@transaction.atomic
def withdraw_figure(*, actor: User, figure: Figure, reason: str) -> Figure:
    """The firm takes back what it told; the office takes out what was entered by mistake. It counts no more."""
    held_fast(figure.enterprise)
    figure = Figure.objects.select_related("enterprise").get(pk=figure.pk)
    _is_theirs(actor, figure)
    if not figure.is_standing:
        raise ValidationError(_("This figure was corrected or taken back meanwhile: look at the list again."))
    figure.withdrawn_at = clock.now()
    figure.save(update_fields=["withdrawn_at"])
    write_down(
        actor, "withdraw-figure", figure.enterprise.credit_code, reason=reason,
        measure=figure.measure, status=figure.status, period=figure.period.code,
    )  # fmt: skip
    return figure


# --- who ---


def _sign(actor: User, firm: Enterprise) -> str:
    if keeps_register(actor, firm.region_id):
        return signature(actor)
    return standing_of(actor).label_as(FIRM)


def _may_enter(actor: User, firm: Enterprise, figure: Figure) -> None:
    """What the firm's own people enter comes from the firm, whatever a form said."""
    if not tells_figures(actor, firm):
        raise ValidationError(_("%(firm)s is kept by another office.") % {"firm": firm})
    if not keeps_register(actor, firm.region_id):
        figure.origin = Origin.FIRM
        figure.source, figure.consent = (
            as_written(gettext_lazy(THE_FIRM)),
            as_written(gettext_lazy(BY_ENTERING)),
        )


def _is_theirs(actor: User, figure: Figure) -> None:
    firm = figure.enterprise
    if keeps_register(actor, firm.region_id) or (speaks_for(actor, firm) and figure.origin == Origin.FIRM):
        return
    raise ValidationError(
        _("This figure is not the firm's own: ask for a correction, and the office looks into it.")
    )


def _take_the_place_of(figure: Figure, replacing: Figure | None, actor: User) -> None:
    """One figure stands for each period: who corrects it names the one they read."""
    found = in_its_place(figure)
    if replacing is not None:
        _is_theirs(actor, replacing)
        if found is None or found.pk != replacing.pk:
            raise ValidationError(
                _("This figure was corrected or taken back meanwhile: look at the list again.")
            )
        figure.replaces = found
        Figure.objects.filter(pk=found.pk).update(replaced_at=clock.now())
    elif found is not None:
        raise ValidationError(
            {
                "amount": _("%(amount)s stands for this already (%(source)s): correct that one.")
                % {"amount": found.amount.words(found.measure), "source": found.source}
            }
        )
