"""One leader's post, one firm: from a day on, with a declaration, and with its history."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tisu.accounts.models import PostHolding
from tisu.enterprises.merging import merge_firms
from tisu.liaison.models import Pairing
from tisu.liaison.pairing import declare, end_pairing, pair
from tisu.loop.models import ConflictOfInterest

pytestmark = pytest.mark.django_db
MAY_22 = date(2023, 5, 22)


def refused(act, **said) -> set[str]:
    with pytest.raises(ValidationError) as fault:
        act(**said)
    return set(fault.value.error_dict) if hasattr(fault.value, "error_dict") else {""}


def test_is_set_up_on_a_page(county, leader_post, browser):
    client = browser("office")
    said = {
        "post": leader_post.pk,
        "enterprise": "示例甲",
        "since": "２０２３-05-01",
        "declared_on": "2023-04-28",
    }
    answer = client.post("/liaison/pairings/new", said)
    pairing = Pairing.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/liaison/pairings/{pairing.pk}"
    page = client.get(answer["Location"]).content.decode()
    assert str(pairing.firm) in page and "示例·leader" in page


def test_refuses_a_second_firm_for_a_leader_and_a_second_leader_for_a_firm(paired, second_post):
    paired()
    assert refused(paired, firm=1) == {"post"}
    assert refused(paired, post=second_post) == {"enterprise"}
    paired(post=second_post, firm=1)


def test_refuses_days_that_overlap_with_one_that_will_end(county, paired, second_post):
    end_pairing(actor=county.people["office"], pairing=paired(), until=date(2023, 6, 1), reason="分工调整")
    assert refused(paired, post=second_post, since="2023-05-31") == {"enterprise"}
    assert paired(post=second_post, since="2023-06-01").pk


def test_refuses_without_a_declaration(paired):
    assert refused(paired, declared_on=None) == {"declared_on"}
    assert refused(paired, declared_on=date(2023, 5, 23)) == {"declared_on"}


def interest(county, name: str = "leader", firm: int = 0, **said) -> ConflictOfInterest:
    given = {"since": date(2022, 1, 1), "reason": "亲属持股"} | said
    return ConflictOfInterest.objects.create(user=county.people[name], enterprise=county.firms[firm], **given)


def test_refuses_a_leader_with_an_interest(county, paired):
    interest(county)
    assert refused(paired) == {"enterprise"}


def test_refuses_an_interest_in_another_row_of_the_same_firm(county, paired):
    interest(county, firm=1)
    gone, kept = county.firms[1], county.firms[0]
    merge_firms(actor=county.people["office"], gone=gone, kept=kept, reason="同一企业")
    assert refused(paired) == {"enterprise"}


def test_is_open_when_the_interest_has_ended(county, paired):
    interest(county, until=date(2022, 12, 1))
    assert paired().pk


def test_refuses_a_firm_that_is_closed(county, paired):
    county.firms[0].deregistered_on = date(2023, 5, 1)
    county.firms[0].save()
    assert refused(paired) == {"enterprise"}


def test_takes_the_row_that_stands_for_a_merged_one(county, paired):
    gone, kept = county.firms[1], county.firms[0]
    merge_firms(actor=county.people["office"], gone=gone, kept=kept, reason="同一企业")
    assert paired(firm=1).enterprise == kept


def test_refuses_a_post_that_leads_no_county(county, paired):
    assert refused(paired, post=county.units["zhujian"].posts.first()) == {"post"}


@pytest.mark.parametrize(
    "name", ["leader", "secretary", "zhujian", "supervisor", "outsider", "admin", "firm"]
)
def test_is_the_offices_alone(county, leader_post, name):
    said = {"post": leader_post, "enterprise": county.firms[0], "since": MAY_22, "declared_on": MAY_22}
    assert refused(pair, actor=county.people[name], **said) == {"post"}


def test_follows_the_post_when_its_holder_changes(county, leader_post, paired, browser):
    paired()
    PostHolding.objects.filter(post=leader_post).update(until=date(2023, 5, 10))
    PostHolding.objects.create(post=leader_post, user=county.people["nobody"], since=date(2023, 5, 10))
    assert browser("nobody").get("/liaison/new").status_code == 200
    assert browser("leader").get("/liaison/new").status_code == 403
    page = browser("office").get(f"/liaison/pairings/{Pairing.objects.get().pk}").content.decode()
    assert "重新申报" in page


def test_is_declared_again_by_a_new_holder_and_not_with_an_interest(county, paired):
    pairing = declare(actor=county.people["office"], pairing=paired(), declared_on=MAY_22)
    assert pairing.declared_on == MAY_22
    interest(county)
    assert refused(declare, actor=county.people["office"], pairing=pairing, declared_on=MAY_22) == {
        "enterprise"
    }


def test_ends_with_a_reason_and_stays_in_the_history(county, paired, second_post):
    first = paired()
    assert refused(end_pairing, actor=county.people["office"], pairing=first, until=MAY_22, reason=" ") == {
        "reason"
    }
    end_pairing(actor=county.people["office"], pairing=first, until=MAY_22, reason="分工调整")
    paired(post=second_post, since="2023-05-22")
    assert list(Pairing.objects.order_by("since").values_list("reason", flat=True)) == ["分工调整", ""]


def test_does_not_end_before_a_contact_that_was_made_under_it(county, paired, in_touch):
    pairing = paired()
    in_touch(pairing, "2023-05-10")
    said = {"actor": county.people["office"], "pairing": pairing, "reason": "分工调整"}
    assert refused(end_pairing, until=date(2023, 5, 10), **said) == {"until"}
    assert end_pairing(until=date(2023, 5, 11), **said).until


def test_is_not_changed_by_whoever_looked_at_an_older_one(county, paired):
    pairing = paired()
    said = {"actor": county.people["office"], "pairing": pairing, "expected_version": pairing.version}
    declare(declared_on=MAY_22, **said)
    assert refused(end_pairing, until=MAY_22, reason="分工调整", **said) == {""}


def test_keeps_two_paired_firms_from_being_merged(county, paired, second_post):
    paired()
    paired(post=second_post, firm=1)
    gone, kept = county.firms
    assert refused(merge_firms, actor=county.people["office"], gone=gone, kept=kept, reason="同一企业") == {
        ""
    }
