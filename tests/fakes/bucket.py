"""A local server of the S3 protocol that checks signatures, and a wire to it that can be cut."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import IO
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

import obstore
from obstore.store import S3Store

from records.bucket import Bucket

_SERVE = """
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
"""
_MAY_ALL = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
_AS_IAM = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x"
_UNCHECKED = 10**9  # requests


@dataclass
class S3Server:
    """The server, and the one key that may use it."""

    port: int
    key: str = ""
    secret: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def opens(self) -> "S3Server":
        self._iam("CreateUser")
        made = self._iam("CreateAccessKey")
        self.key, self.secret = (re.findall(f"<{name}>(.+?)<", made)[0] for name in ("AccessKeyId", "SecretAccessKey"))
        self._iam("PutUserPolicy", PolicyName="all", PolicyDocument=_MAY_ALL)
        self._check_from(0)
        return self

    def makes_bucket(self) -> str:
        """The name of a fresh one."""
        name = f"minh-chung-{uuid4().hex[:12]}"
        self._check_from(_UNCHECKED)
        self._ask("PUT", f"/{name}")
        self._check_from(0)
        return name

    def _iam(self, action: str, **values: str) -> str:
        form = {"Action": action, "UserName": "nhacviec", "Version": "2010-05-08", **values}
        return self._ask("POST", "/", urlencode(form).encode(), {"Authorization": _AS_IAM})

    def _check_from(self, count: int) -> None:
        """Signatures are checked after so many requests."""
        self._ask("POST", "/moto-api/reset-auth", str(count).encode(), {"Content-Type": "text/plain"})

    def _ask(self, method: str, path: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> str:
        with urlopen(Request(self.url + path, data, dict(headers or {}), method=method), timeout=30) as answer:
            text: str = answer.read().decode()
            return text


@contextmanager
def serving() -> Iterator[S3Server]:
    """Raises OSError, ValueError where it cannot be had."""
    with subprocess.Popen([sys.executable, "-c", _SERVE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield S3Server(int(_output(process).readline())).opens()
        finally:
            process.kill()


def _output(process: "subprocess.Popen[bytes]") -> IO[bytes]:
    assert process.stdout is not None
    return process.stdout


@dataclass
class Wire:
    """A way to the server that can be cut: by hand, or by itself once so many bytes have gone up or come down."""

    to: int  # the server's port
    room: float = float("inf")
    down: float = float("inf")
    sent: int = 0  # bytes that went up
    is_cut: bool = False
    _open: set[socket.socket] = field(default_factory=set)

    def __enter__(self) -> "Wire":
        wire = self

        class Passing(BaseRequestHandler):
            def handle(self) -> None:
                wire._pass(self.request)

        self._server = ThreadingTCPServer(("127.0.0.1", 0), Passing)
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def cut(self) -> None:
        self.is_cut = True
        for end in list(self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut, self.room, self.down = False, float("inf"), float("inf")

    def _pass(self, near: socket.socket) -> None:
        if self.is_cut:
            return
        with socket.create_connection(("127.0.0.1", self.to)) as far:
            ends = {near, far}
            self._open |= ends
            back = Thread(target=self._pump, args=(far, near, False))
            back.start()
            self._pump(near, far, True)
            back.join()
            self._open -= ends

    def _pump(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(1 << 16):
                self._count(len(piece), up)
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _count(self, size: int, up: bool) -> None:
        if up:
            self.sent += size
            self.room -= size
        else:
            self.down -= size
        if self.room < 0 or self.down < 0:
            self.cut()


@dataclass
class Cloud:
    """A bucket of one test, behind a wire of its own."""

    server: S3Server
    wire: Wire
    name: str
    prefix: str = "truong/a"

    @property
    def url(self) -> str:
        return f"s3://{self.name}/{self.prefix}"

    @property
    def settings(self) -> dict[str, str]:
        """As in .env, without the prefix of the names."""
        return {
            "STORAGE_URL": self.url,
            "STORAGE_ENDPOINT": self.wire.url,
            "STORAGE_KEY": self.server.key,
            "STORAGE_SECRET": self.server.secret,
        }

    def home(self) -> Bucket:
        """Each a client of its own."""
        return Bucket(self.url, key=self.server.key, secret=self.server.secret, endpoint=self.wire.url, retries=0)

    def objects(self) -> dict[str, bytes]:
        """What lies in the bucket, by its whole key."""
        names = [one["path"] for page in obstore.list(self.direct) for one in page]
        return {name: bytes(obstore.get(self.direct, name).bytes()) for name in names}

    def tag(self, name: str) -> str:
        return (obstore.head(self.direct, name)["e_tag"] or "").strip('"')

    def puts(self, name: str, content: bytes, part: int = 5 << 20) -> None:
        """Past our own code."""
        obstore.put(self.direct, name, content, chunk_size=part)

    def drops(self, name: str) -> None:
        obstore.delete(self.direct, name)

    def key(self, sha256: str) -> str:
        return f"{self.prefix}/{sha256[:2]}/{sha256[2:]}"

    @property
    def direct(self) -> S3Store:
        return S3Store(
            self.name,
            endpoint=self.server.url,
            access_key_id=self.server.key,
            secret_access_key=self.server.secret,
            region="us-east-1",
            client_options={"allow_http": True},
        )
