"""Where a request comes from, no closer than is needed to count: nothing here is stored."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

LOOPBACK = "loopback"


def network_of(request: HttpRequest) -> str:
    """The /24 or /48 that the request comes from, or "unknown"."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if forwarded and settings.BEHIND_PROXY and _network(address) == LOOPBACK:
        # The last entry is the one that the proxy itself wrote; those before it are what the visitor claims.
        address = forwarded.rsplit(",", 1)[-1].strip()
    return _network(address)


def _network(address: str) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_loopback:
        return LOOPBACK
    return str(ip_network((ip, 24 if ip.version == 4 else 48), strict=False))
