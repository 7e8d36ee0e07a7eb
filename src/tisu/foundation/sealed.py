"""What only a key opens: text sealed with SM4-GCM under the key ring, and the model field that holds it.

The keys stand in a file outside the database, so neither a copy of the database nor one of the file tells
anything alone. A seal is bound to its place (`context` names table, column and row): moved to another row it
does not open. A seal carries the id of its key, so that keys can be added without touching what is sealed.
Nothing is ever returned that was not sealed exactly so: a wrong key or a changed byte raises SealBroken.
"""

from typing import Any, NoReturn

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from tisu.foundation.ciphers import SealBroken, decrypt, derive, encrypt, refuse
from tisu.foundation.digests import keyed_digest, keyed_digests, salted_digest
from tisu.foundation.keyring import ID, Key, KeyRingError
from tisu.foundation.ringfile import create_key_ring, key_ring

# The seal's own names, and those of the ring and of digests that its users need beside it.
__all__ = [
    "HEAD", "UNDER_RING", "UNDER_SECRET", "DerivedSealField", "KeyRingError", "SealBroken", "Sealed",
    "SealedTextField", "create_key_ring", "derived_seal", "key_of", "key_ring", "keyed_digest", "keyed_digests",
    "open_derived", "open_sealed", "salted_digest", "seal", "sealed_anew",
]  # fmt: skip

UNDER_RING, UNDER_SECRET = b"\x01", b"\x02"  # the first byte of a seal: how its key is found
HEAD = 1 + ID  # bytes: that one, and the id of the key


def seal(text: str, *, context: str) -> bytes:
    """Seal `text` for the place that `context` names, under the newest key."""
    key = key_ring().newest("field")
    return _close(UNDER_RING + key.id, _field_key(key), text, context)


def open_sealed(blob: bytes, *, context: str) -> str:
    """The text that was sealed for this very place."""
    head, blob = _take_apart(blob, UNDER_RING)
    return _open(head, _field_key(key_ring().by_id(head[1:], "field")), blob, context)


def sealed_anew(blob: bytes, *, context: str) -> bytes:
    """The same text in the same place under the newest key, told to nobody on the way."""
    return seal(open_sealed(blob, context=context), context=context)


def derived_seal(secret: bytes, text: str, *, context: str) -> bytes:
    """Seal under the caller's secret and the pepper together: without the secret not even we can open it."""
    key = key_ring().newest("pepper")
    return _close(UNDER_SECRET + key.id, _secret_key(key, secret), text, context)


def open_derived(secret: bytes, blob: bytes, *, context: str) -> str:
    head, blob = _take_apart(blob, UNDER_SECRET)
    return _open(head, _secret_key(key_ring().by_id(head[1:], "pepper"), secret), blob, context)


def key_of(head: bytes) -> bytes:
    """The id of the key under which something is sealed, read from its first bytes."""
    return bytes(head)[1:HEAD]


class Sealed:
    """Content of a sealed field. Only `open()` tells it: printed, logged or put on a page it stays shut."""

    __slots__ = ("_blob", "_context", "_text")

    def __init__(self, context: str, *, blob: bytes | None = None, text: str | None = None) -> None:
        self._context, self._blob, self._text = context, blob, text

    def open(self) -> str:
        return self._text if self._blob is None else open_sealed(self._blob, context=self._context)

    def sealed_for(self, context: str) -> bytes:
        """The sealed bytes for this place; what was assigned as text is sealed now, once."""
        if self._blob is None:
            self._blob, self._text, self._context = seal(self._text, context=context), None, context
        if self._context != context:
            raise SealBroken(_("A sealed text stays in its place: open it there, then seal the text here."))
        return self._blob

    def __repr__(self) -> str:
        return "<sealed>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("sealed content is not pickled")


class SealedAttribute(DeferredAttribute):
    """Wraps text when it is assigned and loaded bytes when they are read: no attribute holds the bare text."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        wrapped = Sealed("", text=value) if isinstance(value, str) else value
        instance.__dict__[self.field.attname] = wrapped

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, (bytes, memoryview)):
            # Only now: while a row is loaded its primary key may come after this column.
            value = Sealed(self.field.context_of(instance), blob=bytes(value))
            instance.__dict__[self.field.attname] = value
        return value


class SealedTextField(models.BinaryField):
    """Text that the database holds sealed. Assign text and save; read with `.open()`.

    The model's primary key is a UUID: it is known before the first save and can stand in the seal's context.
    """

    descriptor_class = SealedAttribute

    def context_of(self, instance: models.Model) -> str:
        return self.context_at(instance._meta.db_table, instance.pk)

    def context_at(self, table: str, key: Any) -> str:
        return f"{table}.{self.column}:{key}"

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = getattr(model_instance, self.attname)
        return value and value.sealed_for(self.context_of(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, (str, Sealed)):
            raise TypeError("a sealed text is assigned and saved, never queried or updated in bulk")
        return super().get_prep_value(value)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("sealed content is not serialised: it opens only in its own row")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_primary_key()]

    def _check_primary_key(self) -> list[checks.CheckMessage]:
        key = self.model._meta.pk
        while key.remote_field:
            key = key.target_field
        if isinstance(key, models.UUIDField):
            return []
        return [
            checks.Error("a model with sealed text has a UUID primary key", obj=self, id="foundation.E001")
        ]


class DerivedSealField(models.BinaryField):
    """A column of derived seals, known as such so that no pepper in use is ever retired."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """The column is a BinaryField's: to migrations it is one."""
        name, _path, arguments, named = super().deconstruct()
        return name, "django.db.models.BinaryField", arguments, named


# --- How a seal is written ---------------------------------------------------------------------------------


def _field_key(key: Key) -> bytes:
    return key.derive(b"field")


def _secret_key(key: Key, secret: bytes) -> bytes:
    if not secret:
        raise ValueError("an empty secret protects nothing")
    return derive(secret, b"derived seal", salt=key.derive(b"derived seal"))


def _close(head: bytes, key: bytes, text: str, context: str) -> bytes:
    return head + encrypt(key, text.encode(), bound=head + context.encode())


def _take_apart(blob: bytes, kind: bytes) -> tuple[bytes, bytes]:
    blob = bytes(blob)
    if blob[:1] != kind or len(blob) < HEAD:
        refuse()
    return blob[:HEAD], blob[HEAD:]


def _open(head: bytes, key: bytes, blob: bytes, context: str) -> str:
    return decrypt(key, blob, bound=head + context.encode()).decode()
