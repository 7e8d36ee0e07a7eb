"""People and the posts they hold: what the system administrator changes, and what nobody may.

The three administrators stand apart (三员分立, domain.md M0.1): whoever holds one of their posts holds no other
post of any kind, and none of them changes what they hold themselves.
"""

import secrets
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.circles import runs_in_no_circle, stands_in_for_no_deputy
from tisu.accounts.covers import end_covers_after
from tisu.accounts.hand_overs import begin_hand_over, tell_of_waiting
from tisu.accounts.mobile import as_mobile, masked_mobile
from tisu.accounts.models import Delegation, PostHolding, User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation.numbering import ALPHABET
from tisu.orgs.models import ADMINISTRATORS, Post, Role

HELD_ALONE = frozenset({Role.OFFICE_LEAD, Role.DEPT_LEAD, Role.COUNTY_LEADER})


def new_password() -> str:
    """Shown once and typed once: four groups of the alphabet without look-alikes, 80 bits."""
    return "-".join("".join(secrets.choice(ALPHABET.lower()) for _each in range(4)) for _group in range(4))


@transaction.atomic
def add_user(*, actor: User | None, username: str, name: str, mobile: str | None = None) -> tuple[User, str]:
    """A new account and its first password, which is kept nowhere else. In a demonstration it goes with it.

    Someone else has seen that password, so nothing opens before the person has chosen another one.
    """
    if as_mobile(username):
        raise ValidationError(
            {
                "username": _(
                    "A user name does not look like a mobile number: the number has a field of its own."
                )
            }
        )
    password = new_password()
    user = User(
        username=username,
        name=name,
        mobile=mobile,
        must_change_password=True,
        is_demonstration=settings.DEMONSTRATION,
    )
    user.set_password(password)
    user.full_clean()
    user.save()
    _record(actor, "add-user", user)
    return user, password


@transaction.atomic
def open_account(*, actor: User | None, username: str, name: str, mobile: str | None = None) -> User:
    """A new account that nobody can sign in to yet: it has no password before one is given out."""
    _is_no_number(username)
    user = User(username=username, name=name, mobile=mobile, is_demonstration=settings.DEMONSTRATION)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    _record(actor, "add-user", user)
    return user


@transaction.atomic
def rename_user(*, actor: User, user: User, name: str) -> User:
    before = user.name
    user.name = name
    user.full_clean()
    user.save(update_fields=["name"])
    _record(actor, "rename-user", user, before=before)
    return user


@transaction.atomic
def set_mobile(*, actor: User, user: User, mobile: str | None) -> User:
    """A number that the administrator typed is a name to sign in with; only its owner can confirm it."""
    user.mobile, user.mobile_confirmed_at = mobile, None
    user.full_clean()
    user.save(update_fields=["mobile", "mobile_confirmed_at"])
    _record(actor, "set-mobile", user, mobile=masked_mobile(mobile) if mobile else "")
    return user


@transaction.atomic
def hold_post(*, actor: User | None, post: Post, user: User, since: date) -> PostHolding:
    """A person holds a post from a day on: a head's or a leader's alone, any other together with whoever holds it."""
    post, user = _held_fast(post, user)
    _not_oneself(actor, user)
    _exists(post, since)
    _keeps_apart(user, post, since)
    if post.holdings.filter(user=user).lasting_beyond(since).exists():
        raise ValidationError({"user": _("%(person)s holds this post already.") % {"person": user}})
    _leaves_one_holder(post, since)
    stands_in_for_no_deputy(post, user, since)
    holding = PostHolding(post=post, user=user, since=since)
    holding.full_clean()
    holding.save()
    tell_of_waiting(post)
    _record(actor, "hold-post", post, person=user.username, since=since.isoformat())
    return holding


@transaction.atomic
def end_holding(*, actor: User | None, holding: PostHolding, until: date) -> PostHolding:
    """The holder leaves, and with them who covers; open matters stay with the post."""
    _not_oneself(actor, holding.user)
    holding.check_end(until)
    if (
        holding.post.role == Role.SYSTEM_ADMIN
        and not _other_system_administrators(holding.user, until).select_for_update(of=("self",)).first()
    ):
        raise ValidationError(
            _("%(person)s is the last system administrator: appoint another one first.")
            % {"person": holding.user}
        )
    holding.until = until
    holding.save(update_fields=["until"])
    end_covers_after(holding)
    begin_hand_over(holding)
    _record(actor, "end-holding", holding.post, person=holding.user.username, until=until.isoformat())
    return holding


@transaction.atomic
def appoint_secretary(*, actor: User, post: Post, user: User, since: date) -> Delegation:
    """A secretary sees and enters for the holder of a county leader's post."""
    post, user = _held_fast(post, user)
    _not_oneself(actor, user)
    _exists(post, since)
    if post.role != Role.COUNTY_LEADER:
        raise ValidationError(_("Only a county leader's post has a secretary."))
    _keeps_apart(user, post, since)
    runs_in_no_circle(post, user, since)
    if post.delegations.filter(user=user).lasting_beyond(since).exists():
        raise ValidationError({"user": _("%(person)s is secretary here already.") % {"person": user}})
    delegation = Delegation.objects.create(post=post, user=user, since=since)
    _record(actor, "appoint-secretary", post, person=user.username, since=since.isoformat())
    return delegation


@transaction.atomic
def end_delegation(*, actor: User, delegation: Delegation, until: date) -> Delegation:
    _not_oneself(actor, delegation.user)
    delegation.check_end(until)
    delegation.until = until
    delegation.save(update_fields=["until"])
    _record(actor, "end-secretary", delegation.post, person=delegation.user.username, until=until.isoformat())
    return delegation


@transaction.atomic
def end_post(*, actor: User | None, post: Post, until: date) -> Post:
    """A post ends after its last holder and secretary have left."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    post.check_end(until)
    if held := post.holdings.lasting_beyond(until).first() or post.delegations.lasting_beyond(until).first():
        sentence = _("%(person)s still holds it on that day: end that first.") % {"person": held.user}
        raise ValidationError({"until": sentence})
    post.until = until
    post.save(update_fields=["until"])
    _record(actor, "end-post", post, until=until.isoformat())
    return post


# --- rules ---


def _is_no_number(username: str) -> None:
    """One person's number must not be another one's name."""
    if as_mobile(username):
        raise ValidationError(
            {
                "username": _(
                    "A user name does not look like a mobile number: the number has a field of its own."
                )
            }
        )


def _held_fast(post: Post, user: User) -> tuple[Post, User]:
    """Both rows locked, always the post first: of two who take a vacant post at once there is no holding to lock yet."""
    post = Post.objects.select_for_update(of=("self",)).select_related("unit").get(pk=post.pk)
    return post, User.objects.select_for_update().get(pk=user.pk)


def _not_oneself(actor: User | None, user: User) -> None:
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("You cannot change your own posts: another system administrator must."))


def _exists(post: Post, since: date) -> None:
    if not (post.is_in_force(since) and post.unit.is_in_force(since)):
        raise ValidationError(
            {"since": _("The post does not exist on that day: choose a day on which it does.")}
        )


def _leaves_one_holder(post: Post, since: date) -> None:
    """Whoever answers for a unit or leads the county does so alone: two holders would sign for one another."""
    present = post.holdings.lasting_beyond(since).first()
    if post.role in HELD_ALONE and present:
        raise ValidationError(
            {
                "user": _(
                    "%(person)s holds this post on that day: end that first, then appoint the next one."
                )
                % {"person": present.user}
            }
        )


def _keeps_apart(user: User, post: Post, since: date) -> None:
    """An administrator is one administrator and nothing else, from that day on."""
    held = {holding.post for holding in user.holdings.select_related("post__unit").lasting_beyond(since)}
    held |= {
        delegation.post for delegation in user.delegations.select_related("post__unit").lasting_beyond(since)
    }
    if post.role in ADMINISTRATORS:
        firms = [role.label for role in standing_of(user).roles if role.post_id is None]
        against = [str(other) for other in held] + firms
        sentence = _("%(person)s is %(other)s already, and an administrator holds no other post.")
    else:
        against = [str(other) for other in held if other.role in ADMINISTRATORS]
        sentence = _(
            "%(person)s is %(other)s: an administrator sees no business data and holds no business post."
        )
    if against:
        raise ValidationError({"user": sentence % {"person": user, "other": against[0]}})


def _other_system_administrators(user: User, day: date):
    posts = PostHolding.objects.on(day).filter(post__role=Role.SYSTEM_ADMIN, user__is_active=True)
    return posts.exclude(user=user)


def is_last_system_administrator(user: User, day: date) -> bool:
    mine = PostHolding.objects.on(day).filter(post__role=Role.SYSTEM_ADMIN, user=user)
    return mine.exists() and not _other_system_administrators(user, day).exists()


def _record(actor: User | None, act: str, about: object, **details: object) -> None:
    signed = standing_of(actor).label_as(Role.SYSTEM_ADMIN) if actor else ""
    record(act=act, about=about, actor=actor, signed=signed, **details)
