"""A person's messages: read, and marked as read by the person alone."""

from django.contrib import messages as said
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tisu.foundation.paging import keyset_page
from tisu.inbox.bell import shown, unread_count
from tisu.inbox.models import Message
from tisu.inbox.services import mark_all_read, mark_read

UNREAD, ALL = "unread", "all"


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The unread ones first: they are the tab that opens while there are any."""
    count = unread_count(request)
    show = _show(request.GET.get("show")) or (UNREAD if count else ALL)
    rows = Message.objects.shown_to(request.user)
    items, following = keyset_page(rows.unread() if show == UNREAD else rows, request)
    context = {"letters": items, "next_url": following, "show": show, "count": count}
    return render(request, "inbox/messages.html", context | {"tabs": _tabs(show, count)})


def _show(word: str | None) -> str:
    return word if word in (UNREAD, ALL) else ""


def _tabs(show: str, count: int) -> list[dict]:
    return [
        {"label": _("Unread"), "url": f"?show={UNREAD}", "count": shown(count), "active": show == UNREAD},
        {"label": _("All messages"), "url": f"?show={ALL}", "count": None, "active": show == ALL},
    ]


@require_POST
def read(request: HttpRequest, letter: str) -> HttpResponse:
    """Mark one as read, and go to what it is about when asked to. Reading twice is reading once."""
    message = get_object_or_404(Message.objects.shown_to(request.user), key=letter)
    mark_read(message)
    if request.POST.get("go") and message.url:
        return HttpResponseRedirect(message.url)
    return _back(request)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    count = mark_all_read(request.user)
    words = ngettext("%(count)d message is marked as read.", "%(count)d messages are marked as read.", count)
    said.success(request, words % {"count": count})
    return redirect("inbox:messages")


def _back(request: HttpRequest) -> HttpResponse:
    show = _show(request.POST.get("show"))
    return HttpResponseRedirect(reverse("inbox:messages") + (f"?show={show}" if show else ""))
