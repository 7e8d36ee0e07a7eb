"""Two people merge two matters into each other at the same moment: one of them is told, and no circle comes of it."""

import threading

import pytest
from django.db import connection

from tisu.foundation import clock
from tisu.loop.actor import person
from tisu.loop.faults import Refusal
from tisu.loop.models import Event, Matter
from tisu.loop.perform import perform

pytestmark = pytest.mark.django_db(transaction=True)


def test_lets_one_of_them_win(county, opened):
    pair, outcomes, together = (opened(), opened()), [], threading.Barrier(2)
    instant = clock.now()

    def click(name: str, child: Matter, parent: Matter) -> None:
        together.wait()
        try:
            with clock.at(instant):
                actor, data = person(county.people[name]), {"parent": parent.number}
                perform(child.pk, "merge", actor=actor, data=data, expected_version=1)
                outcomes.append("done")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=click, args=("office", *pair)),
        threading.Thread(target=click, args=("supervisor", *pair[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    merged = Matter.objects.filter(stage="merged").count()
    assert (sorted(outcomes), merged) in ((["done", "refused"], 1), (["refused", "refused"], 0))
    assert Event.objects.filter(action="merge").count() == merged
