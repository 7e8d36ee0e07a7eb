"""What screening and what ends a report before it is handled ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tisu.loop.fields import PapersField, TextField, TextsField, UnitField
from tisu.loop.forms import ActionForm
from tisu.loop.stages import Screening


class ScreenForm(ActionForm):
    folded = ("reason",)
    kind = forms.ChoiceField(label=_("Jurisdiction"), choices=Screening.choices)
    reason = TextField(label=_("Reason"), required=False, long=True)
    accused_unit = UnitField(label=_("Accused unit"), required=False)
    responsible_unit = UnitField(label=_("Unit that could solve it"), required=False)
    facts = TextField(
        label=_("Facts for the units"),
        required=False,
        long=True,
        max_length=20_000,
        help_text=_("What the units will read. Leave out who reported. Empty: the report's own text."),
    )
    papers = PapersField(
        label=_("Papers for the units"),
        required=False,
        help_text=_("They get the cleaned copy. Look whether it shows who reported."),
    )

    def offer_papers(self, papers: list[tuple[str, str]]) -> None:
        """Only on a page: there it can be seen what came with the report."""
        if papers:
            self.fields["papers"].choices = papers
        else:
            del self.fields["papers"]


class HandOverForm(ActionForm):
    to = TextField(
        label=_("Hand over to"),
        max_length=60,
        help_text=_("A unit's code, or the name of a body outside this system."),
    )
    reason = TextField(label=_("Reason and direction"), long=True)


class SplitForm(ActionForm):
    texts = TextsField(
        label=_("Texts"), help_text=_("One for each new matter, with a line --- between them.")
    )
