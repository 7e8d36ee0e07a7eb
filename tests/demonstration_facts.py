"""Run inside a demonstration: prints what stands in its database, for tests/test_demonstration.py."""

import json

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.test import Client

from tisu.accounts.models import User
from tisu.audit.models import AnchorLeaf
from tisu.enterprises.models import Enterprise
from tisu.exchange.models import ImportRun
from tisu.foundation import clock
from tisu.foundation.rooms import declared
from tisu.loop.models import ConflictOfInterest, Matter, Request, Wall
from tisu.loop.walls import ACCUSED
from tisu.orgs.models import Post, Unit


def matter(row):
    events = list(row.events.order_by("seq"))
    return {
        "title": row.title,
        "kind": row.kind,
        "stage": row.stage,
        "light": row.light,
        "version": row.version,
        "cycle": row.cycle,
        "screened_as": row.screened_as,
        "verdict": row.verdict,
        "lead": row.lead and row.lead.unit.code,
        "co_units": [part.unit.code for part in row.co_assignments],
        "due": row.due_at and clock.local(row.due_at).isoformat(),
        "events": [[e.seq, e.action, e.to_stage, clock.local(e.at).isoformat()] for e in events],
    }


def why(wall):
    return wall.reason if wall.reason == ACCUSED else "recusal" if wall.user_id else "decision"


def unanchored():
    """Entries after the end of their chain that the last anchor of it holds, as ledger, chain and place."""
    for ledger in declared("ledgers"):
        ends = AnchorLeaf.objects.filter(ledger=ledger.code, chain=OuterRef("chain_name")).order_by("-anchor")
        rows = ledger.links().annotate(held=Coalesce(Subquery(ends.values("seq")[:1]), 0))
        rows = rows.filter(seq__gt=F("held")).order_by("pk")
        yield from ([ledger.code, *row] for row in rows.values_list("chain_name", "seq"))


def signs_in(name):
    answer = Client().post(
        "/accounts/login/", {"login": name, "password": "tisu-demo"}, HTTP_HOST="localhost"
    )
    return answer.status_code


def in_words(counts: dict) -> str:
    return " ".join(f"{what} {n}" for what, n in sorted(counts.items()) if n)


users = list(User.objects.all())
good = {stored: check_password("tisu-demo", stored) for stored in {user.password for user in users}}
print(
    json.dumps(
        {
            "units": list(Unit.objects.values("name", "duty")),
            "posts": list(Post.objects.values("role", "unit__code")),
            "firms": list(Enterprise.objects.with_scale().values("credit_code", "is_above_scale", "name")),
            "imports": [(row.kind, row.state, in_words(row.counts)) for row in ImportRun.objects.all()],
            "users": {u.username: u.is_demonstration and u.is_active and good[u.password] for u in users},
            "matters": [matter(row) for row in Matter.objects.all()],
            "requests": list(Request.objects.values_list("kind", "state")),
            "kept_out": [
                *map(why, Wall.objects.standing()),
                *("interest" for _row in ConflictOfInterest.objects.all()),
            ],
            "unanchored": list(unanchored()),
            "now": clock.now().isoformat(),
            "today": clock.today().isoformat(),
            "region": settings.REGION,
            "login": signs_in("office"),
        }
    )
)
