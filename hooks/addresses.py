"""Where a message may go: to hosts of the open internet and nowhere else.

A name is looked up once, all its addresses are checked, and the connection is made to one of those that
were checked. So no name can lead inside, not even one that answers differently the second time.
"""

import ipaddress
import socket
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

#: Of the whole range only this is given to hosts of the open internet (RFC 4291, section 2.4): what holds an
#: IPv4 address inside (mapped, compatible, NAT64) and what is local or for many stands outside of it.
_GLOBAL_IPV6: Final = ipaddress.ip_network("2000::/3")
#: What Python's registry calls global, and is none: tunnels, and the door to a cloud's own services.
_NOT_OPEN: Final = tuple(
    ipaddress.ip_network(network)
    for network in ("2001::/32", "2002::/16", "3fff::/20", "192.88.99.0/24", "168.63.129.16/32")
)
PORTS: Final = {"https": 443, "http": 80}


class RefusedAddressError(Exception):
    """An address that no message is sent to, with a sentence that says why."""


def checked(address: str) -> SplitResult:
    """The parts of a webhook's address. Raises RefusedAddressError; asks nobody for what its name means."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
        # What is said to the host is one line, in ASCII.
        address.encode("ascii")
    except ValueError as error:
        raise RefusedAddressError(_("This is not an address of the web.")) from error
    if parts.scheme != "https" and not (settings.WEBHOOKS_MAY_BE_LOCAL and parts.scheme == "http"):
        raise RefusedAddressError(_("The address must begin with https://."))
    if not host or port == 0 or any(letter.isspace() or not letter.isprintable() for letter in address):
        raise RefusedAddressError(_("This is not an address of the web."))
    if parts.username is not None or parts.password is not None:
        raise RefusedAddressError(_("The address must have no user name or password in it."))
    if parts.fragment:
        raise RefusedAddressError(_("The address must have nothing after a #."))
    return parts


def resolved(parts: SplitResult) -> tuple[list[str], int]:
    """All addresses of the host, as numbers, and the port. Raises RefusedAddressError if any is not open."""
    assert parts.hostname, "the address was checked"
    port = parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedAddressError(
            _("There is no host of the name %(host)s.") % {"host": parts.hostname}
        ) from error
    hosts = list(dict.fromkeys(str(where[0]) for _family, _type, _protocol, _name, where in found))
    if not hosts or not (settings.WEBHOOKS_MAY_BE_LOCAL or all(is_open(host) for host in hosts)):
        raise RefusedAddressError(
            _("%(host)s is not a host of the open internet.") % {"host": parts.hostname}
        )
    return hosts, port


def is_open(host: str) -> bool:
    """Whether an address, in numbers, is one of the open internet."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if any(address in network for network in _NOT_OPEN if network.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        return address in _GLOBAL_IPV6 and address.is_global and address.scope_id is None
    return address.is_global and not address.is_multicast and not address.is_reserved
