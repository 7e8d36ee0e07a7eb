"""One's own mobile number, confirmed by the digits that are sent to it."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tisu.accounts.lost_forms import DOES_NOT_FIT, MobileCodeForm, OwnMobileForm
from tisu.accounts.mobile import masked_mobile
from tisu.accounts.models import TextCode, User
from tisu.accounts.standing import standing_of
from tisu.accounts.text_codes import count_code, fits, make_code, sender
from tisu.audit.record import record

proved = reauthentication_required(app="allauth.mfa")


@never_cache
@proved
def mobile(request: HttpRequest) -> HttpResponse:
    """Without a gateway nothing can be confirmed: the system administrator enters numbers, and the page says so."""
    form = OwnMobileForm(request.POST or None, initial={"mobile": request.user.mobile})
    if sender() and form.is_valid():
        try:
            count_code(f"own:{request.user.pk}")
            make_code(request.user, TextCode.Purpose.CONFIRM, form.cleaned_data["mobile"])
        except ValidationError as refusal:
            form.add_error("mobile", refusal)
        else:
            return redirect("own-mobile-code")
    context = {"form": form if sender() else None}
    return render(request, "accounts/own_mobile.html", context, status=422 if form.errors else 200)


@never_cache
@proved
def mobile_code(request: HttpRequest) -> HttpResponse:
    waiting = request.user.text_codes.filter(purpose=TextCode.Purpose.CONFIRM).first()
    if waiting is None:
        return redirect("own-mobile")
    form = MobileCodeForm(request.POST or None)
    if form.is_valid():
        try:
            _confirm(request.user, waiting, form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(request, _("The mobile number is confirmed."))
            return redirect("mfa_index")
    context = {"form": form, "number": masked_mobile(waiting.number)}
    return render(request, "accounts/own_mobile_code.html", context, status=422 if form.errors else 200)


def _confirm(user: User, waiting: TextCode, code: str) -> None:
    """Only who has the phone in hand learns that another account has its number."""
    if (row := fits(waiting.pk, code)) is None:
        raise ValidationError(DOES_NOT_FIT)
    with transaction.atomic():
        if User.objects.filter(mobile=row.number).exclude(pk=user.pk).exists():
            raise ValidationError(_("Another account has this mobile number."))
        User.objects.filter(pk=user.pk).update(mobile=row.number, mobile_confirmed_at=timezone.now())
        row.delete()
        record(
            act="confirm-mobile", about=user.username, actor=user, signed=standing_of(user).label,
            mobile=masked_mobile(row.number),
        )  # fmt: skip
