"""What an action writes besides the stage. Each effect may refuse (409, 422) before it writes anything.

`performance.facts` goes into the conditional update of the matter; `performance.body` into the event; an effect
whose target depends on what it finds (granting, unmerging) sets `performance.step`.
"""

from tisu.loop.effects.approving import approve, request_approval
from tisu.loop.effects.assigning import accept, assign, auto_accept, report, return_
from tisu.loop.effects.decisions import DECIDERS, REQUESTS, decline, grant, resume, withdraw_request
from tisu.loop.effects.merging import merge, unmerge
from tisu.loop.effects.parts import co_confirm, co_done, co_waive
from tisu.loop.effects.redating import redate
from tisu.loop.effects.requests import (
    appeal_rating,
    request_cancellation,
    request_content_change,
    request_extension,
    request_suspension,
    request_transfer,
)
from tisu.loop.effects.screening import NOTHING_LEFT, hand_over, headline, refuse_acceptance, screen, split
from tisu.loop.effects.succeeding import succeed
from tisu.loop.effects.verifying import begin_verification, fail, pass_, reopen, submit, withdraw
from tisu.loop.effects.words import escalate, instruct, rate, urge

__all__ = ["DECIDERS", "EFFECTS", "NOTHING_LEFT", "REQUESTS", "headline"]

EFFECTS = {
    "request_approval": request_approval,
    "approve": approve,
    "screen": screen,
    "hand_over": hand_over,
    "refuse_acceptance": refuse_acceptance,
    "split": split,
    "assign": assign,
    "accept": accept,
    "auto_accept": auto_accept,
    "return": return_,
    "report": report,
    "co_done": co_done,
    "co_confirm": co_confirm,
    "co_waive": co_waive,
    "submit": submit,
    "withdraw": withdraw,
    "begin_verification": begin_verification,
    "pass": pass_,
    "fail": fail,
    "reopen": reopen,
    "request_extension": request_extension,
    "request_suspension": request_suspension,
    "request_transfer": request_transfer,
    "request_cancellation": request_cancellation,
    "request_content_change": request_content_change,
    "grant": grant,
    "decline": decline,
    "withdraw_request": withdraw_request,
    "resume": resume,
    "urge": urge,
    "escalate": escalate,
    "instruct": instruct,
    "merge": merge,
    "unmerge": unmerge,
    "rate": rate,
    "appeal_rating": appeal_rating,
    "redate": redate,
    "succeed": succeed,
}
