"""Files lie sealed in a folder or in S3-compatible storage; what nobody handed in is gone after a day."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages

from cast import MONDAY
from papers import a_docx, a_photograph
from tisu.accounts.opening import opened
from tisu.documents import keeping
from tisu.documents.ailing import storage_is_shut
from tisu.documents.claiming import claim, forget_papers, hang
from tisu.documents.keeping import read_copy, read_original, storage
from tisu.documents.models import COPY, ORIGINAL, THUMB, Document, Status
from tisu.documents.vanishing import remove_one, remove_original
from tisu.foundation import clock
from tisu.foundation.filestore import read_file_store
from tisu.foundation.sealed import SealBroken
from tisu.foundation.sealuses import columns

pytestmark = pytest.mark.django_db
HERE = ("sample", 7)


def original_of(document: Document, user) -> bytes:
    key = opened(document.original_key, by=user, signed="示例", reason="核对原件", about="示例")
    return b"".join(read_original(document, key))


def path_of(document: Document, which: str) -> Path:
    return Path(storage().path(document.place_of(which)))


def files_of(document: Document) -> list[str]:
    return [which for which in (ORIGINAL, COPY, THUMB) if storage().exists(document.place_of(which))]


def test_what_lies_on_the_disk_tells_nothing(upload):
    document = upload("zhujian", a_docx("一句只有这里才有的话"), "名字也不说.docx")
    folder = storage().base_location
    for path in path_of(document, ORIGINAL), path_of(document, COPY):
        assert b"PK\x03\x04" not in path.read_bytes() and "名字" not in str(path)
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in Path(folder).rglob("*"))


def test_the_original_is_given_back_to_the_bit(upload, county):
    document = upload("zhujian", a_photograph())
    assert original_of(document, county.people["office"]) == a_photograph()
    assert document.digest and document.size == len(a_photograph())


def test_a_file_put_in_anothers_place_does_not_open(upload):
    first, second = upload("zhujian"), upload("zhujian")
    path_of(first, COPY).write_bytes(path_of(second, COPY).read_bytes())
    with pytest.raises(SealBroken):
        b"".join(read_copy(first))


def test_keys_of_files_rotate_with_the_key_ring():
    kept = {str(column) for column in columns()}
    assert {"documents_document.original_key", "documents_document.copy_key"} <= kept


def test_a_fault_while_storing_leaves_nothing(upload, monkeypatch):
    real = keeping.keep

    def failing(document, which, content, *, key):
        if which == COPY:
            raise OSError("no space left")
        real(document, which, content, key=key)

    monkeypatch.setattr("tisu.documents.taking.keep", failing)
    dropped = []
    monkeypatch.setattr("tisu.documents.taking.drop", lambda document: dropped.append(files_of(document)))
    with pytest.raises(OSError, match="no space"):
        upload("zhujian")
    assert dropped == [[ORIGINAL]] and not Document.objects.exists()


# --- What goes -------------------------------------------------------------------------------------------


def test_an_upload_that_nobody_named_is_gone_after_a_day(upload):
    document = upload(None)
    with clock.at(MONDAY + timedelta(hours=23, minutes=59)):
        assert not remove_one()
    with clock.at(MONDAY + timedelta(hours=24)):
        assert remove_one() and not remove_one()
    assert files_of(document) == [] and not Document.objects.exists()


def test_one_that_was_handed_in_stays(upload):
    document = upload(None)
    hang(claim([str(document.pk)], user=None), on=HERE, part="work")
    with clock.at(MONDAY + timedelta(days=400)):
        assert not remove_one()
    assert files_of(document) == [ORIGINAL, COPY, THUMB]


def test_what_is_forgotten_goes_with_its_files(upload):
    document = upload(None)
    hang(claim([str(document.pk)], user=None), on=HERE, part="work")
    forget_papers(HERE)
    document.refresh_from_db()
    assert (document.status, document.name, document.digest) == (Status.GOING, "", "")
    assert remove_one()
    assert files_of(document) == [] and not Document.objects.exists()


def test_of_what_was_passed_on_the_original_goes(upload):
    document = upload(None)
    hang(claim([str(document.pk)], user=None), on=HERE, part="work")
    hang([document], on=("sample", 8), part="work", with_original=False)
    forget_papers(HERE)
    assert remove_original() and not remove_original()
    document.refresh_from_db()
    assert files_of(document) == [COPY, THUMB]
    assert (document.has_original, document.digest) == (False, "")
    forget_papers(("sample", 8))
    assert remove_one()


def test_a_storage_that_fails_leaves_the_paper_due_and_the_others_their_turn(upload, monkeypatch):
    uploads, failed = {upload(None).pk, upload(None).pk}, []
    real = keeping.drop

    def failing(document, *which):
        if not failed:
            failed.append(document.pk)
            raise OSError("away")
        real(document, *which)

    monkeypatch.setattr("tisu.documents.vanishing.drop", failing)
    with clock.at(MONDAY + timedelta(hours=25)):
        with pytest.raises(OSError, match="away"):
            remove_one()
        assert remove_one() and not remove_one()
    assert set(Document.objects.values_list("pk", flat=True)) == set(failed) < uploads


# --- S3 --------------------------------------------------------------------------------------------------


@pytest.fixture
def bucket(settings, monkeypatch):
    """A real S3 server on the loopback address."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"s3+http://key:s%2Fcret@{host}:{port}/papers?region=cn-north-1"
    store = read_file_store(url, None)
    settings.STORAGES = settings.STORAGES | {"documents": store}
    client = boto3.client(
        "s3", endpoint_url=f"http://{host}:{port}", aws_access_key_id="key", aws_secret_access_key="s/cret",
        region_name="cn-north-1",
    )  # fmt: skip
    client.create_bucket(Bucket="papers", CreateBucketConfiguration={"LocationConstraint": "cn-north-1"})
    yield client
    server.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_everything_is_the_same_in_s3(upload, county, bucket):
    document = upload(None, a_photograph((2000, 1500)))
    listed = bucket.list_objects_v2(Bucket="papers")["Contents"]
    assert sorted(each["Key"] for each in listed) == sorted(
        document.place_of(which) for which in (ORIGINAL, COPY, THUMB)
    )
    assert type(storages["documents"]).__name__ == "S3Storage"
    assert original_of(document, county.people["office"]) == a_photograph((2000, 1500))
    assert b"".join(read_copy(document))[:3] == b"\xff\xd8\xff"
    assert (
        b"\xff\xd8\xff" not in bucket.get_object(Bucket="papers", Key=document.place_of(COPY))["Body"].read()
    )
    with clock.at(MONDAY + timedelta(hours=24)):
        assert remove_one()
    assert "Contents" not in bucket.list_objects_v2(Bucket="papers")


@pytest.mark.parametrize(
    "url",
    ["s3://key:secret@host", "s3://key:secret@host/a/b", "http://host/b", "s3+http://k:secret@example.cn/b", "s3://[/b"],
)  # fmt: skip
def test_a_wrong_address_is_refused_without_its_secret(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        read_file_store(url, None)
    assert "secret" not in str(refusal.value).replace("key, secret, host", "")


def test_the_doctor_writes_and_reads_the_storage_and_leaves_nothing(upload, monkeypatch):
    upload("zhujian")
    before = sorted(Path(storage().base_location).rglob("*"))
    assert list(storage_is_shut()) == []
    assert sorted(Path(storage().base_location).rglob("*")) == before
    monkeypatch.setattr(type(storage()), "_save", _full)
    assert ["TISU_FILES" in fault for fault in storage_is_shut()] == [True]


def _full(*_given):
    raise OSError(28, "No space left on device")
