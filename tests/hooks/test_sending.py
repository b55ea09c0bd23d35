"""Sending: to the open internet only, for a few seconds, without being led anywhere."""

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hooks import addresses, sending
from hooks.addresses import RefusedAddressError, checked, is_open
from hooks.sending import post
from tests.hooks.conftest import Receiver

NOT_OPEN = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "localhost",
    "1",
    "0x7f000001",
]
OPEN = ["8.8.8.8", "93.184.215.14", "172.32.0.1", "2606:4700:4700::1111", "2a02:6b8::feed:0ff"]


@pytest.mark.parametrize("host", NOT_OPEN)
def test_no_address_inside_is_open(host: str) -> None:
    assert not is_open(host)


@pytest.mark.parametrize("host", OPEN)
def test_addresses_of_the_internet_are_open(host: str) -> None:
    assert is_open(host)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https://", "https:///in", "",
        "https://user@example.org/", "https://user:word@example.org/", "https://example.org/#part",
        "https://example.org:0/", "https://example.org:99999/", "https://example.org/a b", "https://[::1",
        "https://example.org/\r\nHost: other", "https://пример.рф/",
    ],
)  # fmt: skip
def test_what_is_no_plain_https_address_is_refused(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        checked(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
        "https://0x7f.1/",
        "https://2130706433/", "https://127.1/", "https://169.254.169.254/latest/meta-data/", "https://0/",
    ],
)  # fmt: skip
def test_nothing_is_sent_inside_however_it_is_spelled(address: str) -> None:
    answer = post(address, b"{}", {})
    assert answer.status is None
    assert "internet" in answer.said


def looked_up(*hosts: str) -> Any:
    def getaddrinfo(host: str, port: int, *more: Any, **named: Any) -> list[Any]:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (one, port)) for one in hosts]

    return getaddrinfo


def test_a_name_with_one_address_inside_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", looked_up("93.184.215.14", "10.0.0.1"))
    with pytest.raises(RefusedAddressError, match="open internet"):
        addresses.resolved(checked("https://example.org/"))


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that means another host the second time (DNS rebinding) leads nowhere."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    asked: list[str] = []
    connected: list[Any] = []

    def getaddrinfo(host: str, port: int, **more: Any) -> Any:
        asked.append(host)
        return looked_up(*answers.pop(0))(host, port)

    def connect(where: Any, timeout: float) -> Any:
        connected.append(where)
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", connect)
    answer = post("https://example.org/in", b"{}", {})
    assert (asked, connected) == (["example.org"], [("93.184.215.14", 443)])
    assert (answer.status, answer.said) == (None, "There was no answer: timed out")


def test_where_one_address_does_not_answer_the_next_is_tried(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(receiver.url.split(":")[2].split("/")[0])
    monkeypatch.setattr(sending, "resolved", lambda parts: (["127.0.0.2", "127.0.0.1"], port))
    assert post(receiver.url, b"{}", {}).status == 204


def test_a_message_arrives_as_it_is(receiver: Receiver) -> None:
    receiver.said = "Спасибо".encode()
    answer = post(receiver.url, b'{"a": 1}', {"Content-Type": "application/json"})
    (got,) = receiver.got
    assert (answer.status, answer.said, answer.is_good) == (204, "", True) or answer.said == "Спасибо"
    assert (got.path, got.body) == ("/in?from=cubaru", b'{"a": 1}')
    assert got.headers["host"] == receiver.url.split("/")[2]
    assert got.headers["content-type"] == "application/json"


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.status, receiver.answer_headers = 307, {"Location": receiver.url.replace("/in", "/elsewhere")}
    answer = post(receiver.url, b"{}", {})
    assert (answer.status, answer.is_good) == (307, False)
    assert [one.path for one in receiver.got] == ["/in?from=cubaru"]


def test_of_a_long_answer_only_the_beginning_is_read(receiver: Receiver) -> None:
    receiver.status, receiver.said = 500, b"x" * 5_000_000
    assert post(receiver.url, b"{}", {}).said == "x" * sending.MOST_READ


def test_nobody_listening_is_told_in_words(settings: Any) -> None:
    settings.WEBHOOKS_MAY_BE_LOCAL = True
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    answer = post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert answer.status is None
    assert answer.said.startswith("There was no answer:")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_host_that_answers_drop_by_drop_is_not_waited_for(
    scheme: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOKS_MAY_BE_LOCAL = True
    monkeypatch.setattr(sending, "TIMEOUT", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        thread = threading.Thread(target=drip, args=(server, DROPS[scheme]))
        thread.start()
        began = time.monotonic()
        answer = post(f"{scheme}://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})
        assert time.monotonic() - began < 3
        assert answer.status is None
        thread.join()


#: The beginnings of an answer, and of a handshake that never ends.
DROPS = {
    "http": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30,
    "https": b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + b"a" * 100,
}


def drip(server: socket.socket, drops: bytes) -> None:
    line, _who = server.accept()
    with line:
        try:
            for letter in drops:
                line.sendall(bytes([letter]))
                time.sleep(0.1)
        except OSError:
            return


# TLS: the certificate is asked for the name, though the connection goes to a number. ----------------


@pytest.fixture
def safe_server(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Answers 200 over TLS as hooks.example, and is found under every name."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=hooks.example",
         "-addext", "subjectAltName=DNS:hooks.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    settings.WEBHOOKS_MAY_BE_LOCAL = True
    monkeypatch.setattr(socket, "getaddrinfo", looked_up("127.0.0.1"))
    monkeypatch.setattr(sending, "ssl_context", lambda: ssl.create_default_context(cafile=str(certificate)))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        thread = threading.Thread(target=answer_once, args=(server, context))
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def answer_once(server: socket.socket, context: ssl.SSLContext) -> None:
    try:
        plain, _who = server.accept()
        with context.wrap_socket(plain, server_side=True) as line:
            # All of it: to close a connection of which something is unread takes the answer back.
            asked = line.recv(10_000)
            while asked and not asked.endswith(b"{}"):
                asked += line.recv(10_000)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    except OSError:
        return


def test_the_certificate_of_the_name_is_taken(safe_server: int) -> None:
    answer = post(f"https://hooks.example:{safe_server}/", b"{}", {})
    assert (answer.status, answer.said) == (200, "ok")


def test_the_certificate_of_another_name_is_refused(safe_server: int) -> None:
    answer = post(f"https://other.example:{safe_server}/", b"{}", {})
    assert answer.status is None
    assert answer.said.startswith("The connection is not safe:")
