"""A store that speaks as S3 does, on loopback: what is not signed rightly it refuses, and what it has it keeps."""

from __future__ import annotations

import hashlib
import hmac
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SKEW = timedelta(minutes=15)


class Bucket(ThreadingHTTPServer):
    """Its objects by path; `now` is what it takes the time to be."""

    def __init__(self, id: str, secret: str, region: str, now: datetime) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.id, self.secret, self.region, self.now = id, secret, region, now
        self.objects: dict[str, bytes] = {}
        self.answers: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def refusal(self, method: str, path: str, headers: dict[str, str], body: bytes) -> str:
        """Why not, in S3's own words; as its documentation says it goes, step by step."""
        if "authorization" not in headers:
            return "AccessDenied"
        algorithm, rest = headers["authorization"].split(" ", 1)
        told = dict(part.strip().split("=", 1) for part in rest.split(","))
        id, *scope = told["Credential"].split("/")
        moment = headers["x-amz-date"]
        if algorithm != "AWS4-HMAC-SHA256" or id != self.id:
            return "InvalidAccessKeyId"
        if scope != [moment[:8], self.region, "s3", "aws4_request"]:
            return "AuthorizationHeaderMalformed"
        if abs(datetime.strptime(moment, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) - self.now) > SKEW:
            return "RequestTimeTooSkewed"
        if hashlib.sha256(body).hexdigest() != headers["x-amz-content-sha256"]:
            return "XAmzContentSHA256Mismatch"
        names = told["SignedHeaders"].split(";")
        if names != sorted(names) or not {"host", *(name for name in headers if name.startswith("x-amz-"))} <= {*names}:
            return "AccessDenied"
        lines = (f"{name}:{headers[name].strip()}" for name in names)
        request = [method, path, "", *lines, "", ";".join(names), headers["x-amz-content-sha256"]]
        right = self._signature("\n".join(request), moment, scope)
        return "" if told["Signature"] == right else "SignatureDoesNotMatch"

    def _signature(self, request: str, moment: str, scope: list[str]) -> str:
        key = b"AWS4" + self.secret.encode()
        for part in scope:
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        digest = hashlib.sha256(request.encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", moment, "/".join(scope), digest])
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def taken(self, path: str, headers: dict[str, str], body: bytes) -> str:
        """An object that is locked for a time needs a checksum, and one that is there is not replaced."""
        if headers.get("content-md5") != b64encode(hashlib.md5(body).digest()).decode():
            return "InvalidRequest"
        if path in self.objects and headers.get("if-none-match") == "*":
            return "PreconditionFailed"
        self.objects[path] = body
        return ""


STATUS = {"": 200, "PreconditionFailed": 412, "InvalidRequest": 400}


class _Request(BaseHTTPRequestHandler):
    server: Bucket

    def do_PUT(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers["content-length"]))
        code = self.server.refusal("PUT", self.path, headers, body) or self.server.taken(self.path, headers, body)
        self.server.answers.append(code)
        said = f"<Error><Code>{code}</Code></Error>".encode() if code else b""
        self.send_response(STATUS.get(code, 403))
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def bucket(id: str, secret: str, region: str, now: datetime) -> Iterator[Bucket]:
    with Bucket(id, secret, region, now) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()
