"""The field of every form that takes papers: uploads already sent, by id, and files that come with the form."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tisu.accounts.callers import address_of
from tisu.accounts.models import User
from tisu.documents import caps
from tisu.documents.claiming import named
from tisu.documents.faults import NotTaken
from tisu.documents.models import Document
from tisu.documents.reading.kinds import ACCEPT
from tisu.documents.taking import take_in
from tisu.documents.words import papers_of

FILES, WITHOUT = (
    "-files",
    "-without",
)  # what a form's other two fields are called: the name of the field, and this


class DocumentsInput(forms.Widget):
    """A field for files that works without scripts; with them each file is sent at once and can be taken back.

    `unnamed`: what is sent from here is never tied to whoever is signed in.
    """

    template_name = "documents/input.html"
    needs_multipart_form = True

    def __init__(self, attrs: dict | None = None, *, unnamed: bool = False) -> None:
        super().__init__(attrs)
        self.unnamed = unnamed

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The ids that are named and not taken back. A program gives them as they are."""
        if not hasattr(data, "getlist"):
            return data.get(name)
        gone = set(data.getlist(name + WITHOUT))
        return [each for each in data.getlist(name) if each and each not in gone]

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return id_ and id_ + FILES

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "papers": papers_of(_named_uploads(value)),
            "accept": ACCEPT,
            "unnamed": self.unnamed,
            "most": caps.most_in_words(),
            "most_bytes": caps.most_bytes(),
            "most_files": caps.most_files(),
            "too_large": caps.too_large("{name}"),
            "too_many": caps.too_many(),
        }
        return context


def _named_uploads(value: Any) -> list[Document]:
    """What was sent before a form was refused, so that nothing has to be sent twice."""
    try:
        ids = named(value)
    except NotTaken:
        return []
    found = Document.objects.unclaimed().in_bulk(ids)
    return [found[each] for each in ids if each in found]


class DocumentsField(forms.Field):
    """Ids of uploads, as text. Whether they may be handed in is decided where they are claimed."""

    widget = DocumentsInput

    def __init__(self, *, unnamed: bool = False, **more: Any) -> None:
        more.setdefault("label", _("Documents"))
        super().__init__(widget=DocumentsInput(unnamed=unnamed), **more)

    def to_python(self, value: Any) -> list[str]:
        try:
            return [str(each) for each in named(value)]
        except NotTaken as fault:
            raise ValidationError(fault.sentence, code="invalid") from fault


@dataclass(frozen=True)
class Sent:
    """What a form brought: ids of uploads, those that came as files included, and a sentence for each that was not
    taken."""

    ids: list[str]
    faults: list[str]


def papers_sent(request: HttpRequest, name: str = "documents", *, user: User | None = None) -> Sent:
    """Take in the files of a form that was sent without scripts, and put their ids among those that it names.

    Call it before the form is made of `request.POST`: what was taken stays with the form when it is refused.
    """
    ids = DocumentsInput().value_from_datadict(request.POST, request.FILES, name)
    files, faults = request.FILES.getlist(name + FILES), []
    if len(ids) + len(files) > caps.most_files():
        faults, files = [caps.too_many()], []
    for file in files:
        try:
            ids.append(str(take_in(file, user=user, address=address_of(request)).pk))
        except NotTaken as fault:
            faults.append(fault.sentence)
    request.POST = request.POST.copy()
    request.POST.setlist(name, ids)
    return Sent(ids, faults)
