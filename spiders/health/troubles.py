"""What an answer without a listing means for its source: which trouble, and where it leads. Pure.

A challenge page asks the visitor to prove that he is a person. It comes with a 403, a 503 or a
200, and is never dodged: it is a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from scrapy.http import Response

from spiders.answers import Fault
from spiders.listing.entries import Lack, Unlisted
from storage.health import Trouble

LOOKED_AT_BYTES = 20_000  # of a page, for the marks of a challenge
LASTING = frozenset((301, 308))

_CHALLENGE = re.compile(
    rb"cf-chl-|/cdn-cgi/challenge-platform/|<title>\s*just a moment"
    rb"|attention required! \| cloudflare|_incapsula_resource|sucuri website firewall"
    rb"|/\.well-known/sgcaptcha|ddos protection by|<title>\s*access denied"
    rb"|geo\.captcha-delivery\.com",
    re.IGNORECASE,
)
_TROUBLES: Mapping[Lack, Trouble] = MappingProxyType(
    {
        Lack.EMPTY: Trouble.UNLISTED,
        Lack.HTML: Trouble.HTML,
        Lack.BROKEN: Trouble.BROKEN,
        Lack.FOREIGN: Trouble.BROKEN,
        Lack.LARGE: Trouble.BROKEN,
        Lack.REDESIGNED: Trouble.UNLISTED,
    }
)


def fault_in_listing(listing: Unlisted, response: Response | None = None) -> Fault:
    """The fault of an answer that lists nothing usable."""
    fault = Fault(listing.reason, trouble=_TROUBLES[listing.lack])
    return fault if response is None else with_challenge(fault, response)


def with_challenge(fault: Fault, response: Response) -> Fault:
    """The fault, as a refusal if a challenge page stands behind it."""
    if fault.trouble is Trouble.GONE or not is_challenge(response):
        return fault
    return replace(fault, reason=f"a challenge page ({fault.reason})", trouble=Trouble.REFUSED)


def is_challenge(response: Response) -> bool:
    """Whether this is a page that asks to prove that we are a person."""
    if response.headers.get("cf-mitigated") == b"challenge":
        return True
    return bool(_CHALLENGE.search(response.body[:LOOKED_AT_BYTES]))


def moved_to(response: Response) -> str | None:
    """Where the source is for good, if every redirect on the way there was a permanent one."""
    reasons = response.meta.get("redirect_reasons") if response.request else None
    return response.url if reasons and LASTING.issuperset(reasons) else None
