"""The list of people and what each of them holds. A person is known by mobile number or user name.

A person may stand on several lines, one for each post; a post that does not exist yet is made when its role is said.
Nobody gets a password by an import: see tisu.accounts.first_passwords.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, ProtectedError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts import services
from tisu.accounts.finding import found
from tisu.accounts.headers import PERSON, ROLES
from tisu.accounts.mobile import NO_NUMBER, as_mobile
from tisu.accounts.models import PostHolding, User
from tisu.accounts.tables import units
from tisu.foundation.sheets.declared import (
    Column,
    Export,
    Import,
    Row,
    Sitting,
    Taken,
    one_by_one,
    undone_one_by_one,
)
from tisu.foundation.sheets.values import Given, Misread, choice, code, day, name, text
from tisu.foundation.textnorm import pinyin_readings
from tisu.orgs import services as places
from tisu.orgs.models import Post, Unit, within


def take(row: Row, sitting: Sitting) -> Taken:
    if missing := [what for what in ("unit", "title") if what not in row]:
        return _without_post(row, missing, sitting)
    unit = units.known(row["unit"], sitting.region)
    user, is_new = _person(row, sitting)
    post, post_is_new = _post(unit, row, sitting)
    holding = post.holdings.filter(user=user).lasting_beyond(sitting.today).first()
    if holding:
        return Taken(user.pk)
    since = max(row.get("since", sitting.today), post.since)
    holding = services.hold_post(actor=sitting.actor, post=post, user=user, since=since)
    made = {"user": is_new, "post": post.pk if post_is_new else None, "holding": holding.pk}
    return Taken(user.pk, is_new=is_new, before=made)


def _without_post(row: Row, missing: list[str], sitting: Sitting) -> Taken:
    """A line that names an account and no post says nothing new: so stands in the list whoever holds none."""
    user = _known(row, sitting) if len(missing) == 2 else None
    if user is None or user.name != row["name"] or row.get("mobile", user.mobile) != user.mobile:
        sentence = _("Write the unit and the title of the post that this person holds.")
        raise ValidationError(dict.fromkeys(missing, sentence))
    return Taken(user.pk)


def _person(row: Row, sitting: Sitting) -> tuple[User, bool]:
    """The account of this person, or a new one. Two people of one name are two, so a name alone finds nobody new."""
    user = _known(row, sitting)
    if user is None:
        facts = {
            "username": row.get("username", "").lower() or _username_for(row["name"]),
            "name": row["name"],
        }
        return services.open_account(actor=sitting.actor, mobile=row.get("mobile"), **facts), True
    if user.name != row["name"]:
        sentence = _("This account belongs to “%(name)s”: look whether the line is about someone else.")
        raise ValidationError(
            {"mobile" if row.get("mobile") == user.mobile else "username": sentence % {"name": user.name}}
        )
    if row.get("mobile") and not user.mobile:
        services.set_mobile(actor=sitting.actor, user=user, mobile=row["mobile"])
    return user, False


def _known(row: Row, sitting: Sitting) -> User | None:
    """By user name, else by number, else by name and unit."""
    if row.get("username"):
        return User.objects.filter(username=row["username"].lower()).first()
    by_number = User.objects.filter(mobile=row["mobile"]).first() if row.get("mobile") else None
    return by_number or ("unit" in row and _namesake_in(row, sitting)) or None


def _namesake_in(row: Row, sitting: Sitting) -> User | None:
    """Without number and user name: whoever of this name holds a post in this unit already."""
    unit = units.known(row["unit"], sitting.region)
    held = PostHolding.objects.lasting_beyond(sitting.today).filter(post__unit=unit, user__name=row["name"])
    number = row.get("mobile")
    found = {
        each.user for each in held.select_related("user") if not number or each.user.mobile in (None, number)
    }
    if len(found) > 1:
        sentence = _("Two people of this name hold posts in this unit: write the user name.")
        raise ValidationError({"name": sentence})
    return next(iter(found), None)


def _post(unit: Unit, row: Row, sitting: Sitting) -> tuple[Post, bool]:
    post = unit.posts.on(sitting.today).filter(title=row["title"]).first()
    if post:
        return post, False
    if "role" not in row:
        sentence = _("This unit has no post of this title yet: write its role as well, and it is added.")
        raise ValidationError({"role": sentence})
    since = max(row.get("since", sitting.today), unit.since)
    post = places.add_post(actor=sitting.actor, unit=unit, title=row["title"], role=row["role"], since=since)
    return post, True


def _username_for(name: str) -> str:
    """From the sounds of the name; with a number where that is taken."""
    sounds = "".join(next(iter(pinyin_readings(name)), ()))[:30] or "user"
    taken = set(User.objects.filter(username__startswith=sounds).values_list("username", flat=True))
    return next(name for n in range(1, 100_000) if (name := f"{sounds}{n}" if n > 1 else sounds) not in taken)


def undo(taken: Taken, sitting: Sitting) -> str:
    """The holding goes, and with it the account and the post that came along, where nothing hangs on them."""
    made = taken.before or {}
    PostHolding.objects.filter(pk=made.get("holding")).delete()
    try:
        Post.objects.filter(pk=made.get("post")).delete()
        if made.get("user"):
            _close(User.objects.get(pk=taken.pk))
    except ProtectedError:
        raise ValidationError(
            _("The account is in use already: it stays, and so does what it holds.")
        ) from None
    return ""


def _close(user: User) -> None:
    if user.last_login:
        raise ValidationError(_("This person has signed in already: the account stays."))
    user.delete()


def _rows(user, query: QueryDict):
    """One line for each post held today in this installation's region, and one for whoever holds none there."""
    here = PostHolding.objects.on().filter(within("post__unit__region_id", settings.REGION))
    held = Prefetch("holdings", here.select_related("post__unit"), to_attr="held_here")
    rows = found(query.get("q", "").strip()[:60]).prefetch_related(held).order_by("username")
    for person in rows.iterator(chunk_size=500):
        yield from ((person, holding) for holding in person.held_here or [None])


def _mobile(given: Given) -> str:
    if number := as_mobile(given.text):
        return number
    raise Misread(str(NO_NUMBER))


COLUMNS = (
    Column("name", gettext_lazy("Person's name"), **PERSON["name"], read=text(40), required=True, said=lambda line: line[0].name),
    Column("username", gettext_lazy("User name"), **PERSON["username"], read=code(40), said=lambda line: line[0].username),
    Column("mobile", gettext_lazy("Mobile number"), **PERSON["mobile"], read=_mobile, said=lambda line: line[0].mobile),
    Column("unit", gettext_lazy("Unit"), **PERSON["unit"], read=name(80), required=True, may_be_empty=True, said=lambda line: line[1] and line[1].post.unit.name),
    Column("title", gettext_lazy("Title of the post"), **PERSON["title"], read=text(60), required=True, may_be_empty=True, said=lambda line: line[1] and line[1].post.title),
    Column("role", gettext_lazy("Role"), **PERSON["role"], read=choice(ROLES), said=lambda line: line[1] and units.word_for(ROLES, line[1].post.role)),
    Column("since", gettext_lazy("Since"), **PERSON["since"], read=day, said=lambda line: line[1] and line[1].since),
)  # fmt: skip

PEOPLE = Import(
    code="people",
    label=gettext_lazy("People"),
    columns=COLUMNS,
    allowed=units.for_system_administrator,
    take=one_by_one(take),
    undo=undone_one_by_one(undo),
    key=("name", "username", "mobile", "unit", "title"),
    note=gettext_lazy(
        "Names with unit and post. Accounts are made; first passwords are given out afterwards."
    ),
    order=30,
)
PEOPLE_OUT = Export("people", gettext_lazy("People"), COLUMNS, units.for_system_administrator, _rows)
