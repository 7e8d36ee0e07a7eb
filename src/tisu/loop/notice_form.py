"""What the head of the office hands in to change the calendar: a year's notice, days of the county's own, hours."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.foundation.calendars import check
from tisu.foundation.drafts import Draft
from tisu.foundation.models import NoticeKind
from tisu.foundation.notices import ENCODINGS, MOST_BYTES, read_notice
from tisu.loop.fields import TextField
from tisu.loop.hour_lines import seasons_from, sessions_from
from tisu.loop.publishing import published_since

KINDS = {
    NoticeKind.YEAR: gettext_lazy("The State Council's arrangement of a year"),
    NoticeKind.OVERLAY: gettext_lazy("Days of the county's own, beside it"),
    NoticeKind.HOURS: gettext_lazy("Office hours"),
}
CARRIED = ("kind", "text", "base", "seasons", "source", "by_order", "order")


class NoticeForm(forms.Form):
    """`draft` is there once it is valid. Nothing that was typed is lost: a file's text moves into `text`."""

    kind = forms.ChoiceField(label=gettext_lazy("What it says"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("The text of the notice"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Paste it as it was published, or a table with the columns date, kind, name."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or its file"),
        required=False,
        help_text=gettext_lazy("CSV or JSON, read instead of what is typed."),
    )
    base = forms.CharField(
        label=gettext_lazy("Office hours"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only for a change of hours: 08:00-12:00 14:30-18:00"),
    )
    seasons = forms.CharField(
        label=gettext_lazy("Other hours by season"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One season a line: 05-01 - 09-30 08:00-12:00 15:00-18:00"),
    )
    source = TextField(
        label=gettext_lazy("Where it comes from"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The number or title of the paper. Left open: as the text says it."),
    )
    by_order = forms.BooleanField(
        label=gettext_lazy("By order of a leader: days already told may come earlier"), required=False
    )
    order = TextField(
        label=gettext_lazy("The words of the order"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Who ordered it, when and in which words. It is published with the notice."),
    )

    def __init__(self, data: QueryDict | None = None, files: Any = None, *, region: str, signed: str) -> None:
        """`signed` is how the loading is signed: a post."""
        super().__init__(data.copy() if data is not None else None, files, auto_id="notice_%s")
        self.region, self.signed = region, signed
        self.draft: Draft | None = None
        self.took_file = False
        offered = [kind for kind in KINDS if kind != NoticeKind.YEAR or region == settings.REGION]
        self.fields["kind"].choices = [(kind.value, KINDS[kind]) for kind in offered]
        self.fields["kind"].initial = offered[0].value

    def carried(self) -> list[tuple[str, str]]:
        """What the preview hands on, so that publishing reads the very same words."""
        left_out = ("base", "seasons") if self.took_file else ()
        names = [name for name in CARRIED if name not in left_out]
        return [(name, self.data[name]) for name in names if self.data.get(name)]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if bool(data.get("by_order")) != bool(data.get("order")):
            self.add_error(
                "order", _("One thing is missing: tick the box and write the order's words, or neither.")
            )
        kind = data.get("kind")
        self._take_file(data)
        if kind and not self.errors:
            self._read(kind, data)
        return data

    def _take_file(self, data: dict[str, Any]) -> None:
        upload = data.get("file")
        if not upload:
            return
        try:
            data["text"] = self.data["text"] = _decoded(upload.read(MOST_BYTES + 1))
            data["base"], self.took_file = "", True
        except ValidationError as fault:
            self.add_error("file", fault)

    def _read(self, kind: str, data: dict[str, Any]) -> None:
        typed = kind == NoticeKind.HOURS and (data["base"] or not data["text"])
        try:
            content = self._hours(data) if typed else data["text"]
            region = "" if kind == NoticeKind.YEAR else self.region
            draft = read_notice(
                content, region=region, source=data["source"], order=data["order"], loaded_by=self.signed
            )
            self._refuse_strange(kind, draft)
            if not published_since(draft, self.data.get("seen", "")):  # sent twice, it is right twice
                check(draft)
        except ValidationError as fault:
            self.add_error(None if hasattr(fault, "error_dict") else "base" if typed else "text", fault)
        else:
            self.draft = draft

    def _refuse_strange(self, kind: str, draft: Draft) -> None:
        if draft.kind != kind:
            raise ValidationError(
                _("This is “%(found)s”, not “%(chosen)s”: choose what it says above.")
                % {"found": KINDS[NoticeKind(draft.kind)], "chosen": KINDS[NoticeKind(kind)]}
            )
        if not draft.source.strip():
            raise ValidationError(
                {"source": _("One thing is missing: the number or title of the paper it comes from.")}
            )

    def _hours(self, data: dict[str, Any]) -> str:
        """The typed hours in the words of a notice's file."""
        hours: dict[str, Any] = {"base": sessions_from(data["base"])}
        try:
            hours["seasons"] = seasons_from(data["seasons"])
        except ValidationError as fault:
            raise ValidationError({"seasons": fault.messages}) from None
        return json.dumps({"hours": hours}, ensure_ascii=False)


def _decoded(data: bytes) -> str:
    """The file's signs, read as read_notice reads them."""
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024
        raise ValidationError(
            _("This file is too large for a notice: %(most)s KB are the most.") % {"most": most}
        )
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("The signs of this file cannot be read: save it in UTF-8."))
