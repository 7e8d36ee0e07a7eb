"""Registering a matter by hand, of the kinds that the person's posts may open."""

from secrets import token_urlsafe

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.documents.fields import DocumentsField, papers_sent
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import Matter
from tisu.loop.services import open_by_hand, openable_by
from tisu.loop.stages import Stage
from tisu.loop.views.refusals import answers_refusals

FORM_LIVES = 24 * 3600  # seconds
NEXT = {Stage.DRAFT: gettext_lazy("Registered as %(number)s. Ask for approval next.")}
NEXT_HERE = gettext_lazy("Registered as %(number)s. Assign it next.")


class NewMatterForm(forms.Form):
    """What open_by_hand() asks for; it also says what is wrong, so that page and API use the same words."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        help_text=gettext_lazy("One sentence. Empty: the first sentence of the text."),
    )
    text = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("What is to be done, where, and what counts as done."),
    )
    enterprise = forms.CharField(
        label=gettext_lazy("Credit code of the firm concerned"),
        required=False,
        help_text=gettext_lazy("18 characters, as on the licence. Leave empty if no firm is concerned."),
    )

    documents = DocumentsField(required=False)
    after = forms.CharField(
        label=gettext_lazy("Goes on from"),
        required=False,
        help_text=gettext_lazy("The number of a matter that has ended and can no longer be reopened."),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, choices: list[tuple], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices
        self.fields["kind"].initial = choices[0][0]
        self.fields["key"].initial = token_urlsafe(16)

    def words(self) -> dict[str, str]:
        """What open_by_hand() takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


@answers_refusals
def new(request: HttpRequest) -> HttpResponse:
    given = {"after": request.GET.get("after", "")}
    choices, faults = _openable(request), []
    if request.method == "POST":
        faults = papers_sent(request, user=request.user).faults
    form = NewMatterForm(request.POST or None, initial=given, choices=choices)
    for fault in faults:
        form.add_error("documents", fault)
    if request.method == "POST" and form.is_valid():
        try:
            matter = _opened_once(request, form)
        except Unacceptable as refusal:
            for name, sentences in refusal.errors.items():
                form.add_error(name, [str(sentence) for sentence in sentences])
        else:
            messages.success(request, NEXT.get(matter.stage, NEXT_HERE) % {"number": matter.number})
            return HttpResponseRedirect(reverse("loop:matter", args=[matter.number]))
    return render(request, "loop/new.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _opened_once(request: HttpRequest, form: NewMatterForm) -> Matter:
    """The matter that this form opened, however often it is sent."""
    sent = f"opened:{request.user.pk}:{form.cleaned_data['key']}"
    if form.cleaned_data["key"] and not cache.add(sent, "", FORM_LIVES):
        if number := cache.get(sent):
            return Matter.objects.get(number=number)
        raise Conflict(_("This form has been sent already and is being registered: look into the list."))
    matter = open_by_hand(user=request.user, **form.words())
    cache.set(sent, matter.number, FORM_LIVES)
    return matter


def _openable(request: HttpRequest) -> list[tuple]:
    if not (choices := openable_by(request.user)):
        raise NotAllowed(_("Your posts do not open matters by hand."))
    return choices
