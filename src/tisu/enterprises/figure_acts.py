"""What may be done to a firm's figures and to what it was granted, each act a button that opens in place."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.accounts.acts import PageAct
from tisu.accounts.models import User
from tisu.enterprises import figure_forms as forms
from tisu.enterprises.benefits import end_benefit, grant_benefit, withdraw_benefit
from tisu.enterprises.figures import record_figure, speaks_for, tells_figures, withdraw_figure
from tisu.enterprises.models import Benefit, Enterprise, Figure, Origin
from tisu.enterprises.services import keeps_register
from tisu.orgs.models import Unit, within

COUNTY = 6  # digits of a county's code


def _form(actor: User, firm: Enterprise) -> type[forms.FigureForm]:
    return forms.OfficeFigureForm if keeps_register(actor, firm.region_id) else forms.FigureForm


def acts_on_figures(firm: Enterprise, actor: User) -> list[PageAct]:
    if not tells_figures(actor, firm):
        return []
    return [
        PageAct(
            "record", _("Enter a figure"), _form(actor, firm),
            lambda data: _kept(record_figure(actor=actor, firm=firm, **data)), _("The figure is kept."), "primary",
        )
    ]  # fmt: skip


def acts_on_figure(figure: Figure, actor: User) -> list[PageAct]:
    """Correct it or take it back: the firm what it told itself, the office all of them."""
    firm, office = figure.enterprise, keeps_register(actor, figure.enterprise.region_id)
    own = speaks_for(actor, firm) and figure.origin == Origin.FIRM
    if not figure.is_standing or not (office or own):
        return []
    return [
        PageAct(
            "correct", _("Correct"), partial(_form(actor, firm), figure=figure),
            lambda data: _kept(_corrected(figure, actor, data)), _("The figure is corrected; the old one stays below."), "primary",
        ),
        PageAct(
            "withdraw", pgettext("figure", "Take back"), forms.ReasonForm,
            lambda data: _kept(withdraw_figure(actor=actor, figure=figure, **data)),
            _("The figure is taken back: it counts no more, and nobody but the firm sees it."), "danger",
        ),
    ]  # fmt: skip


def _corrected(figure: Figure, actor: User, data: dict) -> Figure:
    return record_figure(
        actor=actor, firm=figure.enterprise, measure=figure.measure, status=figure.status, period=figure.period,
        replacing=figure, **data,
    )  # fmt: skip


def _kept(_row: object) -> None:
    """Nothing to be shown once: the page says it."""


def acts_on_benefits(firm: Enterprise, actor: User) -> list[PageAct]:
    if not keeps_register(actor, firm.region_id):
        return []
    rows = Benefit.objects.filter(enterprise__in=Enterprise.objects.kin_of([firm.pk]), withdrawn_at=None)
    units = Unit.objects.on().filter(within("region_id", firm.region_id[:COUNTY]))
    acts = [
        PageAct(
            "grant", _("Enter what was granted"), partial(forms.BenefitForm, units=units),
            lambda data: _kept(grant_benefit(actor=actor, firm=firm, **data)), _("It is kept; the firm sees it."),
        ),
        PageAct(
            "end", _("Set its end"), partial(forms.EndBenefitForm, rows=rows),
            lambda data: _kept(end_benefit(actor=actor, **data)), _("Its end is set; the firm sees it."),
        ),
        PageAct(
            "take_out", _("Take out what was entered by mistake"), partial(forms.BenefitRowForm, rows=rows),
            lambda data: _kept(withdraw_benefit(actor=actor, **data)), _("It is taken out."), "danger",
        ),
    ]  # fmt: skip
    return acts if rows else acts[:1]
