"""What can be done on a promise's page, by whom and in which state: one table for the buttons and for what they do."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct
from tisu.accounts.models import User
from tisu.foundation.moves import Move
from tisu.promises import answering, breaking_down, endings, forms, links, moves, reviewing, services
from tisu.promises.models import Promise, ReviewRule
from tisu.promises.powers import is_head_of_office, is_office_of, speaks_for
from tisu.promises.states import State

Build = Callable[[Promise, User], PageAct]


def acts_on(promise: Promise, user: User) -> list[PageAct]:
    return list(_open_to(promise, user))


def _open_to(promise: Promise, user: User) -> Iterator[PageAct]:
    for step, who, build in TABLE:
        if step.starts_from(promise.state) and who(user, promise):
            yield build(promise, user)


def _ask_review(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "ask_review", _("Put up for review"), Form,
        lambda data: _nothing(reviewing.ask_for_review(actor=user, promise=promise)), _("It is up for review."),
        "primary",
    )  # fmt: skip


def _review(promise: Promise, user: User) -> PageAct:
    rules = ReviewRule.objects.asked_of(promise)
    return PageAct(
        "review", _("Review"), partial(forms.ReviewForm, rules=rules),
        lambda data: _nothing(reviewing.review(actor=user, promise=promise, **data)), _("The review is written down."),
    )  # fmt: skip


def _pass(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "pass_review", _("Review passed"), Form,
        lambda data: _nothing(reviewing.pass_review(actor=user, promise=promise)),
        _("It passed. Break it down into what is to be there by when."), "primary",
    )  # fmt: skip


def _send_back(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "send_back", _("Send back"), forms.ReasonForm,
        lambda data: _nothing(reviewing.send_back(actor=user, promise=promise, **data)),
        _("It went back to be written anew."),
    )  # fmt: skip


def _break_down(promise: Promise, user: User) -> PageAct:
    def do(data: dict) -> None:
        firm = data.pop("enterprise", None)
        breaking_down.break_down(
            actor=user, promise=promise, parts=[breaking_down.Part(**data)], enterprise=firm
        )

    return PageAct(
        "break_down", _("Break down and assign"), partial(forms.PartForm, promise=promise, user=user), do,
        _("The deliverable is assigned. Add the next one, if there is one."), "primary",
    )  # fmt: skip


def _add(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "add_deliverable", _("Add a deliverable"), partial(forms.PartForm, promise=promise, user=user),
        lambda data: _nothing(
            breaking_down.add_deliverable(actor=user, promise=promise, part=breaking_down.Part(**data))
        ),
        _("The deliverable is assigned."),
    )  # fmt: skip


def _ask_firm(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "ask_firm", _("Ask the firm to confirm"), Form,
        lambda data: _nothing(answering.ask_firm(actor=user, promise=promise)),
        _("The firm is asked. Make out a link for it where it has no account."), "primary",
    )  # fmt: skip


def _link(promise: Promise, user: User) -> PageAct:
    def do(data: dict) -> str:
        code = links.issue_link(actor=user, promise=promise, **data)
        return _(
            "Shown this once: %(code)s. Send it to the firm with the address of this house followed by "
            "/promises/confirm#%(plain)s. It is good for one answer within 30 days."
        ) % {"code": code, "plain": code.replace("-", "")}

    return PageAct("issue_link", _("Make out a link"), forms.LinkForm, do, "")


def _go_on(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "go_on", _("Go on with it"), forms.ReasonForm,
        lambda data: _nothing(answering.go_on(actor=user, promise=promise, **data)), _("It goes on."),
    )  # fmt: skip


def _answer(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "answer", _("Say whether it was kept"), forms.AnswerForm,
        lambda data: _nothing(answering.answer_as_firm(actor=user, promise=promise, **data)),
        _("Your answer counts, and nobody else's. You may change it until the promise is archived."), "primary",
    )  # fmt: skip


def _papers(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "hang", _("Add papers"), forms.PapersForm,
        lambda data: _nothing(services.hang_papers(actor=user, promise=promise, **data)), _("The papers are added."),
    )  # fmt: skip


def _change(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "change", _("Change it with compensation"), forms.ChangeForm,
        lambda data: _nothing(endings.change(actor=user, promise=promise, **data)),
        _("It is changed, and counts as not kept on its day. Write down what takes its place."), "danger",
        _("A county leader decides whether its open matters are cancelled."),
    )  # fmt: skip


def _give_up(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "give_up", _("It cannot be kept"), forms.ReasonForm,
        lambda data: _nothing(endings.give_up(actor=user, promise=promise, **data)),
        _("The firm reads why. It counts as not kept on its day."), "danger", _("The firm reads the reason."),
    )  # fmt: skip


def _archive(promise: Promise, user: User) -> PageAct:
    return PageAct(
        "archive", _("Archive"), Form, lambda data: _nothing(endings.archive(actor=user, promise=promise)),
        _("It is archived, and goes on counting."),
    )  # fmt: skip


def _nothing(done: Any) -> None:
    """The page says what was done; a service's answer is not shown."""


def _is_archivable(user: User, promise: Promise) -> bool:
    return is_office_of(user, promise) and (promise.is_slogan or promise.state != State.RECORDED)


def _ends(user: User, promise: Promise) -> bool:
    return is_head_of_office(user, promise) and not promise.is_slogan


TABLE: tuple[tuple[Move, Callable[[User, Promise], bool], Build], ...] = (
    (moves.ANSWER_KEPT, speaks_for, _answer),
    (moves.ASK_REVIEW, is_office_of, _ask_review),
    (moves.PASS_REVIEW, is_office_of, _pass),
    (moves.REVIEW, is_office_of, _review),
    (moves.SEND_BACK, is_office_of, _send_back),
    (moves.BREAK_DOWN, is_office_of, _break_down),
    (moves.ASK_FIRM, is_office_of, _ask_firm),
    (moves.ADD, is_office_of, _add),
    (moves.GO_ON, is_office_of, _go_on),
    (moves.ISSUE_LINK, is_office_of, _link),
    (moves.HANG, is_office_of, _papers),
    (moves.ARCHIVE, _is_archivable, _archive),
    (moves.CHANGE, _ends, _change),
    (moves.GIVE_UP, _ends, _give_up),
)
