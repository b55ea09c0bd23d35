"""One message to one address: a POST within a few seconds, and the beginning of the answer."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult

from django.utils.translation import gettext as _

from hooks.addresses import PORTS, RefusedAddressError, checked, resolved

#: Seconds for all of it: to connect, to send, and to hear the answer out.
TIMEOUT: Final = 10.0
#: Of the addresses of a host so many are tried.
MOST_DIALLED: Final = 4
#: Bytes of the answer that are read.
MOST_READ: Final = 2000
GONE: Final = 410


@dataclass(frozen=True)
class Answer:
    """What came of a try. Without a status nothing was answered, and `said` is our own sentence."""

    status: int | None
    said: str

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Sends the body; a redirect is an answer like others and is not followed."""
    try:
        parts = checked(address)
        hosts, port = resolved(parts)
        with _connected(parts, _dial(hosts[:MOST_DIALLED], port)) as connection:
            connection.request("POST", _target(parts), body, {"Host": _host_header(parts), **headers})
            response = connection.getresponse()
            said = response.read(MOST_READ).decode("utf-8", "replace").replace("\0", "")
    except RefusedAddressError as error:
        return Answer(None, str(error))
    except ssl.SSLError as error:
        return Answer(None, _("The connection is not safe: %(reason)s") % {"reason": _reason(error)})
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, _("There was no answer: %(reason)s") % {"reason": _reason(error)})
    return Answer(response.status, said.strip())


def _dial(hosts: Sequence[str], port: int) -> socket.socket:
    """A line to the first of the addresses that answers. Raises OSError if none does."""
    each = TIMEOUT / len(hosts)
    for host in hosts[:-1]:
        try:
            return socket.create_connection((host, port), timeout=each)
        except OSError:  # a machine without IPv6 reaches the others
            continue
    return socket.create_connection((hosts[-1], port), timeout=each)


@contextmanager
def _connected(parts: SplitResult, plain: socket.socket) -> Iterator[http.client.HTTPConnection]:
    """HTTP over the line, safe for the name that was asked for."""
    assert parts.hostname, "the address was checked"
    plain.settimeout(TIMEOUT)
    line = plain
    if parts.scheme == "https":
        line = ssl_context().wrap_socket(plain, server_hostname=parts.hostname, do_handshake_on_connect=False)
    # The timeout of a socket begins anew with each byte; this ends a host that says one now and then.
    end = threading.Timer(TIMEOUT, _shut, [line])
    end.daemon = True
    end.start()
    try:
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        # The port only keeps it from looking for one in the name.
        connection = http.client.HTTPConnection(parts.hostname, PORTS[parts.scheme])
        connection.sock = line
        yield connection
    finally:
        end.cancel()
        line.close()


def ssl_context() -> ssl.SSLContext:
    """Trusts whom the system trusts."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _shut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:  # it ended by itself
        return


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _host_header(parts: SplitResult) -> str:
    return parts.netloc


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or str(error) or type(error).__name__)
