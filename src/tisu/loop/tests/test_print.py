"""A matter on paper: for offices, with its number, once it is assigned."""

import pytest

from tisu.loop.models import Matter


@pytest.mark.parametrize(("what", "title"), [("assignment", "交办单"), ("supervision", "督办函")])
def test_prints_with_number_issuer_addressee_and_day(sign_in, at_stage, what, title):
    matter = at_stage("in_progress", working_days=5, requirement="当面核对。")
    words = sign_in("zhujian").get(f"/matters/{matter.number}/print?as={what}").content.decode()
    issuer = {"assignment": "咸丰县优化营商环境工作领导小组办公室", "supervision": "咸丰县人民政府督查室"}[
        what
    ]
    for needed in (
        title,
        issuer,
        "咸丰县住房和城乡建设局：",
        "5月29日",
        "当面核对。",
        "三日内完成园区三号地块场地清理。",
    ):
        assert needed in words
    assert f'<div class="paper-foot">{matter.number}' in words


def test_is_404_for_who_does_not_see_the_matter(sign_in, at_stage):
    matter = at_stage("assigned")
    for name in ("gongdian", "outsider", "admin"):
        assert sign_in(name).get(f"/matters/{matter.number}/print").status_code == 404


def test_is_not_for_the_requester(sign_in, at_stage, county):
    matter = at_stage("assigned")
    Matter.objects.filter(pk=matter.pk).update(requester=county.people["firm"])
    assert sign_in("firm").get(f"/matters/{matter.number}/print").status_code == 403


def test_waits_for_the_assignment(sign_in, task):
    assert sign_in("office").get(f"/matters/{task.number}/print").status_code == 409


def test_knows_two_papers_only(sign_in, at_stage):
    assert sign_in("office").get(f"/matters/{at_stage('assigned').number}/print?as=praise").status_code == 404
