"""One report for one Idempotency-Key, however often the same request arrives within 24 hours.

The answer holds the receipt, so it is sealed under key and body together: without both, not even this house
opens it. The body's digest is taken together with the key for the same reason.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.digests import keyed_digests
from tisu.foundation.sealed import derived_seal, open_derived
from tisu.loop.faults import Unacceptable
from tisu.voice.models import StoredAnswer

KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 200

Answer = dict[str, Any]


class SameKeyOtherBody(Unacceptable):
    """The key was used for something else."""


def once(key: str, body: Any, take: Callable[[], Answer]) -> Answer:
    """The answer of `take`, or the one it gave when this key and body came first. Without a key, always anew."""
    if not key:
        return take()
    if len(key) > LONGEST_KEY:
        raise Unacceptable(_("An Idempotency-Key has 200 characters at the most."))
    request = _Request(key, json.dumps(body, sort_keys=True, ensure_ascii=False))
    return request.known_answer() or request.first_answer(take)


class _Request:
    """A key with the body it came with, and what their digests may be: the newest first, written with that one."""

    def __init__(self, key: str, body: str) -> None:
        self.secret = f"{key}\n{body}".encode()
        self.key_digests = keyed_digests("idempotency key", key)
        self.body_digests = keyed_digests("idempotency body", self.secret)

    def known_answer(self) -> Answer | None:
        rows = StoredAnswer.objects.filter(key_digest__in=self.key_digests, expires_at__gt=clock.now())
        row = rows.first()
        if row is None:
            return None
        if row.body_digest not in self.body_digests:
            raise SameKeyOtherBody(
                _("This Idempotency-Key was used for another report: send this one under a new key.")
            )
        return json.loads(open_derived(self.secret, row.answer, context=_place(row)))

    def first_answer(self, take: Callable[[], Answer]) -> Answer:
        """Reserve the key before taking the report, so that of two at once only one takes it."""
        try:
            with transaction.atomic():
                row = self._reserve()
                answer = take()
                row.answer = derived_seal(self.secret, json.dumps(answer), context=_place(row))
                row.save()
                return answer
        except IntegrityError:
            if (answer := self.known_answer()) is None:
                raise
            return answer

    def _reserve(self) -> StoredAnswer:
        now = clock.now()
        StoredAnswer.objects.filter(expires_at__lte=now).delete()
        if StoredAnswer.objects.filter(key_digest__in=self.key_digests[1:]).exists():
            raise IntegrityError("the key is reserved under an older pepper, where no constraint sees it")
        return StoredAnswer.objects.create(
            key_digest=self.key_digests[0],
            body_digest=self.body_digests[0],
            created_at=now,
            expires_at=now + KEPT_FOR,
        )


def _place(row: StoredAnswer) -> str:
    return f"stored answer:{row.key_digest}"
