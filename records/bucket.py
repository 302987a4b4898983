"""A bucket that speaks Amazon's S3 protocol, as the home of the bytes.

How what was sent is checked (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html):
each request carries the SHA-256 of its own bytes, which the service compares. Of a file in parts no service gives the
SHA-256 of the whole, so its ETag is compared with ours: the MD5 of the bytes, or of the MD5s of the parts. Some
services, and buckets with a key of their owner's, have other ETags: there the file is read back.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit
from uuid import uuid4

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from records.home import Unreachable

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import S3Config

PART = 8 << 20  # bytes; a larger file goes in parts of this size
AT_ONCE = 3  # parts of one file under way
RETRIES = 2  # of a request, within seconds; more is up to who waits
_PIECE = 1 << 20  # bytes read at once
_PATIENCE = timedelta(seconds=20)  # for all tries of a request
_SILENCE = timedelta(seconds=60)  # until an answer; a part must go in this time
_LONGEST = timedelta(hours=2)  # for a whole file on its way to us


class Bucket:
    """Bytes lie under `prefix/ab/cdef…`, as in a folder of ours."""

    def __init__(
        self, url: str, *, key: str, secret: str, region: str = "", endpoint: str = "", retries: int = RETRIES
    ) -> None:
        """`url`: s3://bucket/prefix; `endpoint` empty: Amazon's."""
        place = urlsplit(url)
        config: S3Config = {
            "access_key_id": key,
            "secret_access_key": secret,
            "region": region or "us-east-1",
            "checksum_algorithm": "SHA256",
            "disable_bulk_delete": True,  # not every service knows it
        }
        if endpoint:
            config["aws_endpoint_url_s3"] = endpoint  # goes before what the environment says
        self._store = S3Store(
            place.netloc,
            prefix=place.path.strip("/") or None,
            config=config,
            client_options={
                "allow_http": endpoint.startswith("http://"),
                "read_timeout": _SILENCE,
                "timeout": _LONGEST,
            },
            retry_config={"max_retries": retries, "retry_timeout": _PATIENCE},
        )

    def take(self, sha256: str, source: Path) -> None:
        """Raises Unreachable, also where what lies there afterwards is not what was sent."""
        there = self._head(sha256)  # before a large file is read in vain
        summed, tag = _sums(source)
        if summed != sha256:
            raise Unreachable("damaged")
        size = source.stat().st_size
        if self._is_whole(there, sha256, size, tag):
            return
        with _named_errors():
            obstore.put(
                self._store, _key(sha256), source, use_multipart=size > PART, chunk_size=PART, max_concurrency=AT_ONCE
            )
        if not self._is_whole(self._head(sha256), sha256, size, tag):
            raise Unreachable("damaged")

    def bring(self, sha256: str, into: BinaryIO) -> None:
        """Raises FileNotFoundError, Unreachable."""
        for piece in self._pieces(sha256):
            into.write(piece)

    def size(self, sha256: str) -> int | None:
        """Raises Unreachable."""
        found = self._head(sha256)
        return found["size"] if found else None

    def remove(self, sha256: str) -> None:
        """Raises Unreachable."""
        with _named_errors():
            obstore.delete(self._store, _key(sha256))

    def try_out(self) -> None:
        """Raises Unreachable."""
        name, content = f"trial/{uuid4().hex}", b"nhacviec"
        with _named_errors():
            obstore.put(self._store, name, content, use_multipart=False)
            same = bytes(obstore.get(self._store, name).bytes()) == content
            obstore.delete(self._store, name)
        if not same:
            raise Unreachable("damaged")
        self._head(name)  # some keys may ask only for what is there

    def _is_whole(self, found: "ObjectMeta | None", sha256: str, size: int, tag: str) -> bool:
        if found is None or found["size"] != size:
            return False
        return (found["e_tag"] or "").strip('"') == tag or self._reads_as(sha256)

    def _reads_as(self, sha256: str) -> bool:
        summed = hashlib.sha256()
        for piece in self._pieces(sha256):
            summed.update(piece)
        return summed.hexdigest() == sha256

    def _head(self, name: str) -> "ObjectMeta | None":
        try:
            with _named_errors(may_lack=True):
                return obstore.head(self._store, _key(name))
        except FileNotFoundError:
            return None

    def _pieces(self, sha256: str) -> Iterator[bytes]:
        with _named_errors(may_lack=True):
            yield from obstore.get(self._store, _key(sha256)).stream(min_chunk_size=_PIECE)


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:]}"


def _sums(source: Path) -> tuple[str, str]:
    """Its SHA-256, and the ETag that it gets in a bucket."""
    whole, parts = hashlib.sha256(), []
    with source.open("rb") as file:
        while part := file.read(PART):
            whole.update(part)
            parts.append(hashlib.md5(part, usedforsecurity=False).digest())
    if len(parts) > 1:
        return whole.hexdigest(), f"{hashlib.md5(b''.join(parts), usedforsecurity=False).hexdigest()}-{len(parts)}"
    [part] = parts or [hashlib.md5(usedforsecurity=False).digest()]
    return whole.hexdigest(), part.hex()


@contextmanager
def _named_errors(*, may_lack: bool = False) -> Iterator[None]:
    """What the service says, as Unreachable; where it `may_lack` what is asked for, that is a FileNotFoundError.

    Their own texts hold keys and addresses, and go no further.
    """
    try:
        yield
    except FileNotFoundError as error:
        code = _code(error)
        if may_lack and code != "NoSuchBucket":
            raise FileNotFoundError("not in the bucket") from None
        raise Unreachable("no bucket", code) from None
    except (PermissionDeniedError, UnauthenticatedError) as error:
        raise Unreachable("denied", _code(error)) from None
    except BaseError as error:
        raise Unreachable("trouble", _code(error)) from None


def _code(error: Exception) -> str:
    found = re.search(r"<Code>(\w{1,60})</Code>", str(error))
    return found[1] if found else ""
