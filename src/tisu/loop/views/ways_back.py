"""To where a form stood, as the form says."""

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, given: QueryDict) -> str:
    """Empty unless it leads to a page of this house."""
    back = given.get("back", "")
    hosts, secure = {request.get_host()}, request.is_secure()
    return back if back and url_has_allowed_host_and_scheme(back, hosts, require_https=secure) else ""
