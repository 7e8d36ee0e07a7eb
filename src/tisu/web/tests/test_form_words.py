"""What a form finds wrong is said as a clerk would say it, with what to do; never in the framework's words."""

import pytest
from django import forms
from django.utils import translation

FOREIGN = ("确保", "输入", "选择一个有效", "空字符串", "变量", "字符数")


class Sample(forms.Form):
    text = forms.CharField(max_length=3, min_length=2, required=False)
    number = forms.IntegerField(min_value=1, max_value=5, required=False)
    share = forms.FloatField(required=False)
    one = forms.ChoiceField(choices=[("a", "A")], required=False)
    many = forms.MultipleChoiceField(choices=[("a", "A")], required=False)
    code = forms.RegexField("^a$", required=False)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("text", "一二三四", ("3", "4", "删减")),
        ("text", "一", ("2", "1", "补充")),
        ("text", "一\0", ("空字符",)),
        ("number", "x", ("整数",)),
        ("number", "0", ("小于1",)),
        ("number", "6", ("大于5",)),
        ("share", "x", ("数字",)),
        ("one", "zzz", ("zzz", "选一个")),
        ("many", ["zzz"], ("zzz", "选一个")),
        ("many", "a", ("重新选择",)),
        ("code", "b", ("重新填写",)),
    ],
)
def test_says_what_is_wrong_and_what_to_do(name, value, told):
    with translation.override("zh-hans"):
        [sentence, *_more] = Sample({name: value}).errors[name]
    assert sentence.endswith("。") and not any(word in sentence for word in FOREIGN)
    assert all(word in sentence for word in told)


def test_says_it_of_a_row_that_is_not_there(db):
    from django.contrib.contenttypes.models import ContentType  # any table will do

    field = forms.ModelChoiceField(ContentType.objects.none())
    with translation.override("zh-hans"), pytest.raises(forms.ValidationError) as fault:
        field.clean("7")
    assert "选一个" in fault.value.messages[0] and "有效" not in fault.value.messages[0]
