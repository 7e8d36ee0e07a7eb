"""Whoever chooses a language has it kept: at this machine at once, on any other from sign-in on, and in letters."""

import pytest

from tisu.accounts.models import User


def choose(browser, language: str, **more):
    return browser.post("/i18n/setlang/", {"language": language, "next": "/desk", **more})


def kept(name: str) -> str:
    return User.objects.get(username=name).language


def test_keeps_it_with_the_person(sign_in, county):
    browser = sign_in("office")
    answer = choose(browser, "en")
    assert (answer.status_code, answer.headers["Location"], kept("office")) == (302, "/desk", "en")
    assert '<html lang="en"' in browser.get("/desk").content.decode()
    assert '<html lang="en"' in sign_in("office").get("/desk").content.decode()
    assert '<html lang="zh-Hans"' in sign_in("office2").get("/desk").content.decode()


def test_is_changed_again(sign_in):
    browser = sign_in("office")
    for language, said in (("en", "en"), ("zh-hant", "zh-Hant"), ("zh-hans", "zh-Hans")):
        choose(browser, language)
        assert kept("office") == language
        assert f'<html lang="{said}"' in browser.get("/desk").content.decode()


def test_a_stranger_chooses_for_this_visit_alone(client, county):
    choose(client, "en", next="/")
    assert '<html lang="en"' in client.get("/").content.decode()
    assert not User.objects.exclude(language="").exists()
    assert client.cookies["django_language"]["max-age"] == ""


@pytest.mark.parametrize("language", ["", "fr", "EN", "zh", "../../etc", "e" * 5000])
def test_a_language_that_is_not_spoken_is_not_kept(sign_in, language):
    assert choose(sign_in("office"), language).status_code == 302
    assert kept("office") == ""


def test_asking_changes_nothing(sign_in):
    sign_in("office").get("/i18n/setlang/?language=en")
    assert kept("office") == ""


def test_leads_to_no_other_house(sign_in):
    answer = choose(sign_in("office"), "en", next="https://elsewhere.example/")
    assert "elsewhere" not in answer.headers["Location"]


class TestSignatures:
    """What is signed stands in the language of the house, whoever acted in whichever."""

    def test_is_written_alike_whichever_language_one_acts_in(self, sign_in, at_stage):
        matter = at_stage("in_progress")
        browser = sign_in("secretary")
        choose(browser, "en")
        browser.post(
            f"/matters/{matter.number}/instruct", {"expected_version": matter.version, "text": "请办结。"}
        )
        event = matter.events.get(action="instruct")
        assert event.signed == "县政府 副县长（秘书代）"
        assert "县政府 副县长 (by secretary)" in browser.get(f"/matters/{matter.number}").content.decode()
        page = sign_in("leader").get(f"/matters/{matter.number}").content.decode()
        assert "县政府 副县长（秘书代）" in page

    def test_a_reporter_is_called_so_in_each_language(self, sign_in, reported, act):
        matter = reported("路坏了。").matter
        browser = sign_in("office")
        assert "反映人" in browser.get(f"/matters/{matter.number}").content.decode()
        choose(browser, "en")
        assert "反映人" not in browser.get(f"/matters/{matter.number}").content.decode()

    def test_the_place_is_called_by_its_name_in_each_language(self, client, county):
        for language, name in (("zh-hans", "咸丰县"), ("zh-hant", "咸豐縣"), ("en", "Xianfeng County")):
            choose(client, language)
            assert name in client.get("/").content.decode()
