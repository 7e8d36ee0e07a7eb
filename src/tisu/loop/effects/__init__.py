"""What an action writes besides the stage. Each effect may refuse (409, 422) before it writes anything.

`performance.facts` goes into the conditional update of the matter; `performance.body` into the event.
"""

from tisu.loop.effects.assigning import accept, assign, return_
from tisu.loop.effects.parts import co_confirm, co_done, co_waive
from tisu.loop.effects.screening import (
    NOTHING_LEFT,
    hand_over,
    headline,
    refuse_acceptance,
    screen,
    split,
    wall_off,
)
from tisu.loop.effects.verifying import begin_verification, fail, pass_, submit, withdraw
from tisu.loop.effects.words import rate, urge

__all__ = ["EFFECTS", "NOTHING_LEFT", "headline", "wall_off"]

EFFECTS = {
    "screen": screen,
    "hand_over": hand_over,
    "refuse_acceptance": refuse_acceptance,
    "split": split,
    "assign": assign,
    "accept": accept,
    "return": return_,
    "co_done": co_done,
    "co_confirm": co_confirm,
    "co_waive": co_waive,
    "submit": submit,
    "withdraw": withdraw,
    "begin_verification": begin_verification,
    "pass": pass_,
    "fail": fail,
    "urge": urge,
    "rate": rate,
}
