"""The table of actions (loop.md §1): who, from which stages, to which, what it asks for.

Permission, buttons, the API's `actions` and the tests read this one table. What an action writes besides the
stage stands in effects; what the room adds stands in its kind.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tisu.foundation.moves import Move, move
from tisu.loop import forms, oversight_forms, request_forms, screening_forms
from tisu.loop.models import Audience
from tisu.loop.stages import OPEN, Stage


@dataclass(frozen=True)
class Action:
    """One action. `audience`: who may read what its event says; `together`: it can be done to many matters at once."""

    code: str
    label: Any
    parties: tuple[str, ...]
    step: Move
    form: type[forms.ActionForm]
    refused: Any
    screened_only: bool = False
    audience: str = Audience.EVERYONE
    together: bool = False

    @property
    def is_plain(self) -> bool:
        """Needs no typing: one button does it."""
        return not self.form.base_fields

    @property
    def is_for_rules(self) -> bool:
        """No person ever takes it."""
        return self.parties == ("rule",)


D, W, M = Stage.DRAFT, Stage.PENDING_APPROVAL, Stage.MERGED
R, A, P, S, C = Stage.REGISTERED, Stage.ASSIGNED, Stage.IN_PROGRESS, Stage.SUBMITTED, Stage.CLOSED
OFFICE_ONLY = _("Only the office, or supervision where the office is concerned, may do this.")
LEAD_ONLY = _("Only the lead unit may do this.")
HEAD_ONLY = _("Only the head of the lead unit may submit the result.")
LEADER_ONLY = _("Only a county leader, or the secretary for one, may do this.")
ABOVE_ONLY = _("Only the office, supervision or a county leader may do this.")
ASKERS_ONLY = _("Only the lead unit or the office may ask for this.")
RULE_ONLY = _("This happens by rule, when its time has come.")
VERIFIER_ONLY = _(
    "Whoever handled or submitted a matter does not verify it: another person of the office must."
)


def _action(
    code: str, label: Any, parties: tuple[str, ...], step: tuple, form: type, refused: Any, **more: Any
) -> Action:
    return Action(code, label, parties, move(code, *step), form, refused, **more)


_TABLE = (
    _action("request_approval", _("Ask for approval"), ("author",), ([D], W), forms.NothingForm,
            _("Only the unit that wrote it may ask for approval.")),
    _action("approve", _("Approve"), ("leader",), ([W], R), forms.OpinionForm, LEADER_ONLY),
    _action("refuse", _("Refuse"), ("leader",), ([W], D), forms.ReasonForm, LEADER_ONLY),
    _action("screen", _("Screen"), ("dispatcher",), ([R],), screening_forms.ScreenForm, OFFICE_ONLY,
            screened_only=True, audience=Audience.OFFICE),
    _action("assign", _("Assign"), ("dispatcher", "instruction"), ([R], A), forms.AssignForm, OFFICE_ONLY,
            together=True),
    _action("hand_over", _("Hand over"), ("dispatcher",), ([R], C), screening_forms.HandOverForm, OFFICE_ONLY,
            screened_only=True, audience=Audience.OFFICE),
    _action("split", _("Split"), ("dispatcher",), ([R], C), screening_forms.SplitForm, OFFICE_ONLY,
            screened_only=True, audience=Audience.OFFICE),
    _action("refuse_acceptance", _("Refuse acceptance"), ("dispatcher",), ([R], C), forms.ReasonForm, OFFICE_ONLY,
            screened_only=True, audience=Audience.OFFICE),
    _action("accept", _("Accept"), ("lead",), ([A], P), forms.AcceptForm, LEAD_ONLY, together=True),
    _action("auto_accept", _("Accepted by rule: not accepted in time"), ("rule",), ([A], P), forms.NothingForm,
            RULE_ONLY),
    _action("return", _("Return"), ("lead",), ([A], R), forms.ReturnForm, LEAD_ONLY),
    _action("report", _("Report progress"), ("lead", "co_unit"), ([P],), forms.ReportForm,
            _("Only the lead unit and the co-units may report progress.")),
    _action("co_done", _("Our part is done"), ("co_unit",), ([P],), forms.TextForm,
            _("Only a co-unit may report its part done.")),
    _action("co_confirm", _("Confirm a co-unit's part"), ("lead",), ([P],), forms.CoUnitForm, LEAD_ONLY),
    _action("co_waive", _("Waive a co-unit's part"), ("lead",), ([P],), forms.CoWaiveForm, LEAD_ONLY),
    _action("submit", _("Submit the result"), ("lead_head",), ([P], S), forms.SubmitForm, HEAD_ONLY),
    _action("withdraw", _("Withdraw the submission"), ("lead_head",), ([S], P), forms.NothingForm, HEAD_ONLY),
    _action("begin_verification", _("Begin verification"), ("verifier",), ([S],), forms.NothingForm, VERIFIER_ONLY),
    _action("pass", _("Pass and close"), ("verifier",), ([S], C), forms.PassForm, VERIFIER_ONLY),
    _action("fail", _("Send back to be redone"), ("verifier",), ([S], P), forms.ReasonForm, VERIFIER_ONLY),
    _action("request_extension", _("Ask for an extension"), ("lead",), ([P],), request_forms.ExtensionForm, LEAD_ONLY),
    _action("request_suspension", _("Ask for a suspension"), ("lead",), ([P],), request_forms.SuspensionForm,
            LEAD_ONLY),
    _action("request_transfer", _("Ask for a transfer"), ("lead", "dispatcher"), ([A, P],),
            request_forms.TransferForm, ASKERS_ONLY),
    _action("request_cancellation", _("Ask for cancellation"), ("lead", "dispatcher"), (OPEN,),
            forms.ReasonForm, ASKERS_ONLY),
    _action("request_content_change", _("Ask for a change of the text"), ("lead", "dispatcher"), ([R, A, P],),
            request_forms.ContentChangeForm, ASKERS_ONLY),
    _action("grant", _("Grant"), ("decider",), ([*OPEN, C],), request_forms.GrantForm, ABOVE_ONLY),
    _action("decline", _("Decline"), ("decider",), ([*OPEN, C],), request_forms.DeclineForm, ABOVE_ONLY),
    _action("withdraw_request", _("Withdraw the request"), ("lead", "dispatcher"), ([*OPEN, C],),
            request_forms.WithdrawRequestForm, ASKERS_ONLY),
    _action("resume", _("Resume"), ("lead", "supervisor", "rule"), ([P],), forms.NothingForm,
            _("Only the lead unit, the office or supervision may resume it.")),
    _action("urge", _("Urge"), ("supervisor", "leader", "rule"), (OPEN,), forms.TextForm,
            _("Only the office, supervision or a county leader may urge."), together=True),
    _action("escalate", _("Tell a superior"), ("supervisor", "instruction", "rule"), (OPEN,),
            oversight_forms.EscalateForm, _("Only the office or supervision may tell a superior.")),
    _action("instruct", _("Instruct"), ("leader",), (OPEN,), oversight_forms.InstructForm,
            _("Only a county leader, or the secretary for one, may enter an instruction.")),
    _action("merge", _("Merge"), ("supervisor",), ([R, A, P], M), oversight_forms.MergeForm,
            _("Only the office or supervision may merge matters."), audience=Audience.OFFICE),
    _action("unmerge", _("Take apart again"), ("supervisor",), ([M],), forms.NothingForm,
            _("Only the office or supervision may take merged matters apart.")),
    _action("reopen", _("Reopen"), ("supervisor", "leader"), ([C], P), forms.ReasonForm, ABOVE_ONLY),
    _action("rate", _("Rate"), ("requester",), ([C],), forms.RateForm,
            _("Only whoever raised the matter may rate it."), audience=Audience.OFFICE),
    _action("appeal_rating", _("Object to the rating"), ("lead",), ([C],), forms.ReasonForm, LEAD_ONLY),
    _action("redate", _("Reckoned anew after a calendar notice"), ("rule",), (OPEN,), forms.NothingForm, RULE_ONLY),
    _action("succeed", _("Goes on at the unit that took over"), ("rule",), ([A, P, S],), forms.NothingForm, RULE_ONLY),
)  # fmt: skip

ACTIONS: dict[str, Action] = {action.code: action for action in _TABLE}
