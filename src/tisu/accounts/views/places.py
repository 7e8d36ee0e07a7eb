"""The system administrator's pages of units and posts."""

from functools import partial

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts import services as people
from tisu.accounts.acts import PageAct, acting_page
from tisu.accounts.covers import COVERED_BY
from tisu.accounts.forms import EndOneForm, HolderForm, SearchForm
from tisu.accounts.gates import only_for
from tisu.accounts.leave_acts import leave_acts
from tisu.accounts.models import Delegation, PostHolding, StandIn, User
from tisu.foundation.textnorm import narrow
from tisu.orgs import services
from tisu.orgs.forms import ChargeForm, EndForm, PostForm, TitleForm, UnitForm, UnitNamesForm
from tisu.orgs.models import Post, Role, Unit, within
from tisu.web.filters import chips

for_system_administrator = only_for(Role.SYSTEM_ADMIN)


@for_system_administrator
def units(request: HttpRequest) -> HttpResponse:
    """The organisation as a nested list: unit, posts, holders today."""
    search = SearchForm(request.GET, auto_id="filter_%s")
    words = search.cleaned_data["q"] if search.is_valid() else ""
    acts = [
        PageAct(
            "add_unit",
            _("Add a unit"),
            UnitForm,
            partial(_add_unit, request.user),
            _("The unit is added."),
            "primary",
        )
    ]
    return acting_page(
        request,
        acts,
        "accounts/units.html",
        lambda: {"units": _charted(words), "search": search, "chips": chips(search, request.GET)},
    )


def _add_unit(actor: User, data: dict) -> None:
    services.add_unit(actor=actor, **data | {"region": data["region"].pk})


def _charted(words: str) -> QuerySet[Unit]:
    rows = Unit.objects.on().filter(within("region_id", settings.REGION)).select_related("region")
    if words:
        text = narrow(words)
        named = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__icontains=text.lower())
        rows = rows.filter(named | Q(posts__title__icontains=text)).distinct()
    held = Prefetch("holdings", PostHolding.objects.on().select_related("user"), to_attr="held")
    return rows.prefetch_related(
        Prefetch("posts", Post.objects.on().prefetch_related(held), to_attr="standing")
    )


@for_system_administrator
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Unit.objects.select_related("region"), pk=pk)
    actor, names = request.user, {"name": row.name, "short_name": row.short_name}
    acts = [
        PageAct(
            "add_post", _("Add a post"), partial(PostForm, unit=row),
            lambda data: services.add_post(actor=actor, unit=row, **data), _("The post is added."), "primary",
        ),
        PageAct(
            "rename", _("Change the name"), partial(UnitNamesForm, initial=names),
            lambda data: services.rename_unit(actor=actor, unit=row, **data), _("The name is changed."),
        ),
        PageAct(
            "end", _("End the unit"), EndForm, lambda data: services.end_unit(actor=actor, unit=row, **data),
            _("The unit ends on that day."), "danger", _("Its posts must be ended first."),
        ),
    ]  # fmt: skip
    return acting_page(
        request,
        acts if row.until is None else [],
        "accounts/unit.html",
        lambda: {"unit": row, "posts": _posts_of(row), "facts": _facts_of_unit(row)},
    )


def _posts_of(row: Unit) -> QuerySet[Post]:
    held = Prefetch("holdings", PostHolding.objects.on().select_related("user"), to_attr="held")
    return row.posts.prefetch_related(held).select_related("unit")


def _facts_of_unit(row: Unit) -> list[dict]:
    return [
        {"label": _("Full name"), "value": row.name},
        {"label": _("Code"), "value": row.code},
        {"label": _("Region"), "value": str(row.region)},
        {"label": _("Duty"), "value": row.get_duty_display()},
        {"label": _("Since"), "value": row.since.isoformat()},
        {"label": _("Until"), "value": row.until.isoformat() if row.until else ""},
    ]


@for_system_administrator
def post(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    return acting_page(
        request,
        _acts_on(row, request.user) if row.until is None else [],
        "accounts/post.html",
        lambda: {
            "post": row,
            "charge": row.in_charge_of.all(),
            "holdings": row.holdings.select_related("user"),
            "secretaries": row.delegations.filter(kind=StandIn.SECRETARY).select_related("user"),
            "covers": row.delegations.filter(kind=StandIn.COVER).select_related("user"),
            "back": reverse("accounts:unit", args=[row.unit_id]),
        },
    )


def _acts_on(row: Post, actor: User) -> list[PageAct]:
    """What may be done to a post; only a county leader's has a charge and secretaries."""
    open_holdings = row.holdings.filter(until__isnull=True).select_related("user")
    acts = [
        PageAct(
            "hold", _("Add a holder"), HolderForm,
            lambda data: people.hold_post(actor=actor, post=row, **data), _("The post is given."), "primary",
        ),
        PageAct(
            "end_holding", _("End a holder's time"), partial(EndOneForm, rows=open_holdings),
            lambda data: people.end_holding(actor=actor, holding=data["row"], until=data["until"]),
            _("The time in the post ends on that day. Open matters stay with the post."),
        ),
        PageAct(
            "retitle", _("Change the title"), partial(TitleForm, initial={"title": row.title}),
            lambda data: services.retitle_post(actor=actor, post=row, **data), _("The title is changed."),
        ),
        PageAct(
            "end", _("End the post"), EndForm, lambda data: people.end_post(actor=actor, post=row, **data),
            _("The post ends on that day."), "danger", _("Whoever holds it must have left by then."),
        ),
    ]  # fmt: skip
    acts += leave_acts(actor, row) if row.role in COVERED_BY else []
    return acts + (_acts_on_leader(row, actor) if row.role == Role.COUNTY_LEADER else [])


def _acts_on_leader(row: Post, actor: User) -> list[PageAct]:
    appointed = Delegation.objects.filter(
        kind=StandIn.SECRETARY, post=row, until__isnull=True
    ).select_related("user")
    return [
        PageAct(
            "charge", _("Change the units in charge of"), partial(ChargeForm, post=row),
            lambda data: services.set_charge(actor=actor, post=row, **data), _("The units are changed."),
        ),
        PageAct(
            "secretary", _("Appoint a secretary"), HolderForm,
            lambda data: people.appoint_secretary(actor=actor, post=row, **data),
            _("The secretary is appointed."),
        ),
        PageAct(
            "end_secretary", _("End a secretary's time"), partial(EndOneForm, rows=appointed),
            lambda data: people.end_delegation(actor=actor, delegation=data["row"], until=data["until"]),
            _("The secretary's time ends on that day."),
        ),
    ]  # fmt: skip
