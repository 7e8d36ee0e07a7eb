"""The list of posts. A post is known by its unit and title."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.headers import POST, ROLES
from tisu.accounts.tables import units
from tisu.foundation.sheets.declared import (
    Column,
    Export,
    Import,
    Row,
    Sitting,
    Taken,
    one_by_one,
    take_away,
    undone_one_by_one,
)
from tisu.foundation.sheets.values import choice, day, name, text
from tisu.orgs import services
from tisu.orgs.models import Post, within


def take(row: Row, sitting: Sitting) -> Taken:
    unit = units.known(row["unit"], sitting.region)
    post = unit.posts.on(sitting.today).filter(title=row["title"]).first()
    if post is None:
        since = max(row.get("since", sitting.today), unit.since)
        post = services.add_post(
            actor=sitting.actor, unit=unit, title=row["title"], role=row["role"], since=since
        )
        return Taken(post.pk, is_new=True)
    if post.role != row["role"]:
        sentence = _("This post has the role “%(role)s”: end it and add another one.")
        raise ValidationError({"role": sentence % {"role": post.get_role_display()}})
    return Taken(post.pk)


def undo(taken: Taken, sitting: Sitting) -> str:
    return take_away(Post, taken.pk) if taken.is_new else ""


def _rows(user, query: QueryDict) -> QuerySet[Post]:
    rows = Post.objects.on().filter(within("unit__region_id", settings.REGION)).select_related("unit")
    words = query.get("q", "").strip()[:60]
    if not words:
        return rows
    return rows.filter(Q(title__icontains=words) | Q(unit__in=units.listed(words)))


COLUMNS = (
    Column("unit", gettext_lazy("Unit"), **POST["unit"], read=name(80), required=True, said=lambda post: post.unit.name),
    Column("title", gettext_lazy("Title of the post"), **POST["title"], read=text(60), required=True, said=lambda post: post.title),
    Column("role", gettext_lazy("Role"), **POST["role"], read=choice(ROLES), required=True, said=lambda post: units.word_for(ROLES, post.role)),
    Column("since", gettext_lazy("Since"), **POST["since"], read=day, said=lambda post: post.since),
)  # fmt: skip

POSTS = Import(
    code="posts",
    label=gettext_lazy("Posts"),
    columns=COLUMNS,
    allowed=units.for_system_administrator,
    take=one_by_one(take),
    undo=undone_one_by_one(undo),
    key=("unit", "title"),
    note=gettext_lazy(
        "Who there is in each unit: title and role. People can bring their posts along as well."
    ),
    order=20,
)
POSTS_OUT = Export("posts", gettext_lazy("Posts"), COLUMNS, units.for_system_administrator, _rows)
