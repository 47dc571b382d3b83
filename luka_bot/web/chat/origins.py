"""Where a browser's page comes from, and by which wire."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web

PROXY = "X-Forwarded-Proto"


class Origins:
    """home: scheme, host and port where people reach us."""

    def __init__(self, home: str) -> None:
        self._home = home

    def are_ours(self, request: web.Request) -> bool:
        """Whoever names no origin is no browser, and can't be led here by a foreign page."""
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return False
        origin = request.headers.get(hdrs.ORIGIN)
        return origin is None or origin == self._home or _is_host(request, origin)


def _is_host(request: web.Request, origin: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc == request.host


def by_tls(request: web.Request) -> bool:
    """To us, or to a proxy in our own network that says so."""
    if request.scheme == "https":
        return True
    named = request.headers.get(PROXY, "").rpartition(",")[2].strip().lower()
    return named in {"https", "wss"} and is_private(request)


def is_private(request: web.Request) -> bool:
    """An IPv4 address that is written as one of IPv6 is what it is."""
    try:
        found = ip_address(request.remote or "")
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped.is_private
    return found.is_private


def is_this_machine(request: web.Request) -> bool:
    """Itself, and not somebody for whom a proxy asks."""
    if any(name in request.headers for name in (hdrs.X_FORWARDED_FOR, hdrs.FORWARDED, PROXY)):
        return False
    try:
        return ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


def address(request: web.Request) -> str:
    """Of a proxy in our own network, whom it names last: only that it has written itself."""
    forwarded = request.headers.get(hdrs.X_FORWARDED_FOR, "").rpartition(",")[2].strip()
    try:
        if forwarded and is_private(request):
            return str(ip_address(forwarded))
    except ValueError:
        pass
    return request.remote or ""
