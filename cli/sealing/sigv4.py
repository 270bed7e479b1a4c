"""AWS Signature Version 4: what S3, and every store that speaks as S3 does, wants to see on a request."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import reduce
from hashlib import md5, sha256
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit
from urllib.request import Request

ALGORITHM, SERVICE, END = "AWS4-HMAC-SHA256", "s3", "aws4_request"


class Keys(NamedTuple):
    """Who may write to a bucket: an access key, its secret, and the region they are good for."""

    id: str
    secret: str
    region: str

    def prove(self, canonical: str, names: str, moment: str) -> str:
        """The header that says who asks, and that all that was named is as it was."""
        parts = (moment[:8], self.region, SERVICE, END)
        scope = "/".join(parts)
        text = f"{ALGORITHM}\n{moment}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
        signature = _hmac(reduce(_hmac, parts, f"AWS4{self.secret}".encode()), text).hex()
        return f"{ALGORITHM} Credential={self.id}/{scope}, SignedHeaders={names}, Signature={signature}"


def signed(method: str, url: str, body: bytes, headers: Mapping[str, str], *, keys: Keys, at: datetime) -> Request:
    """A request whose address (without a query), headers and body are all under the signature."""
    parts = urlsplit(url)
    path = quote(unquote(parts.path or "/"), safe="/-_.~")
    moment, digest = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}", sha256(body).hexdigest()
    more = {"host": parts.netloc, "x-amz-content-sha256": digest, "x-amz-date": moment}
    told = dict(sorted(({name.lower(): value for name, value in headers.items()} | more).items()))
    lines, names = "".join(f"{name}:{value}\n" for name, value in told.items()), ";".join(told)
    proof = keys.prove(f"{method}\n{path}\n\n{lines}\n{names}\n{digest}", names, moment)
    address = parts._replace(path=path, query="", fragment="").geturl()
    return Request(address, data=body, headers={**told, "authorization": proof}, method=method)


def checksum(body: bytes) -> dict[str, str]:
    """A bucket that keeps what it has for a time (object lock) takes nothing without it."""
    return {"Content-MD5": b64encode(md5(body, usedforsecurity=False).digest()).decode()}


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
