"""Checks a dossier of Tierce offline: python verify_dossier.py FILE.zip --key KEY [--head HEAD_FILE] [--print]

Needs Python 3.9 or newer and `cryptography`, and nothing of Tierce. KEY is the log's public key, or a file with it,
which reached you by another way than the dossier. HEAD_FILE is an older signed head that you kept: it must be extended.
With --print the proven events are printed, one a line.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import uuid
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email import message_from_string, policy
from pathlib import Path
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEAD = re.compile(r"^(\S+)\n(\d+)\n(\S{44})\n(\S+Z)\n— (\S+)\s+([A-Za-z0-9+/=]+)", re.MULTILINE)
EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - Python 3.9 has no UTC


def wrong(what: str) -> NoReturn:
    raise SystemExit(f"NOT PROVEN: {what}")


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots_of(old: bytes, new: bytes, index: int, last: int, path: list[bytes]) -> tuple[bytes, bytes]:
    """Where a proof leads to: RFC 9162, 2.1.3.2 for one leaf (old is new), 2.1.4.2 for a tree that grew."""
    for step in path:
        if index % 2 or index == last:
            old, new = node(step, old), node(step, new)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            new = node(new, step)
        index, last = index // 2, last // 2
    return (old, new) if last == 0 else (b"", b"")


def head_in(text: str, key: str) -> tuple[int, bytes, str]:
    """Size, root and time of the first head in a text, or in a saved mail, that bears the key's signature."""
    name, key_id, public = key.strip().split("+", 2)
    if re.search("(?im)^content-type:", text):
        text = message_from_string(text, policy=policy.default).get_body(("plain",)).get_content()  # type: ignore
    lines = (line.strip().lstrip(">").strip() for line in text.splitlines())
    for match in HEAD.finditer("".join(line + "\n" for line in lines if line)):
        signed, signature = "\n".join(match.groups()[:4]) + "\n", base64.b64decode(match[6])
        if match[1] == name and match[5] == name and signature[:4].hex() == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(base64.b64decode(public)[1:]).verify(signature[4:], signed.encode())
            except InvalidSignature:
                continue
            return int(match[2]), base64.b64decode(match[3]), match[4]
    wrong("the head does not bear the signature of this key")


def events_in(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """Each event's bytes, and the nine values in them."""
    at = 0
    while at < len(data):
        begin, at, values = at, at + 2, list[Any]()
        for _ in range(9):
            (size,) = struct.unpack_from(">i", data, at)
            at += 4 + max(size, 0)
            values.append(None if size < 0 else data[at - size : at])
        yield data[begin:at], values


def readable(values: list[Any]) -> dict[str, Any]:
    position, stream, version, recorded, actor, command, correlation, topic, state = values
    at = EPOCH + timedelta(microseconds=int.from_bytes(recorded, "big", signed=True))
    said = {"position": int.from_bytes(position, "big"), "topic": topic.decode(), "recorded_at": at.isoformat()}
    said.update(stream=str(uuid.UUID(bytes=stream)), version=int.from_bytes(version, "big"))
    said.update({name: id and str(uuid.UUID(bytes=id)) for name, id in (("actor", actor), ("command", command))})
    return dict(said, correlation=correlation and correlation.decode(), state=state.decode(errors="replace"))


def check_older(said: dict[str, Any], older: tuple[int, bytes, str], size: int, root: bytes) -> None:
    """That the log only grew since an older head; a path begins with the old root when its size is a power of two."""
    proof: list[str] = next((each["proof"] for each in said["consistency"] if each["size"] == older[0]), [])
    if older[:2] != (size, root):
        index, last, path = older[0] - 1, size - 1, [bytes.fromhex(step) for step in proof]
        path = path if older[0] & (older[0] - 1) else [older[1], *path]
        while index % 2:
            index, last = index // 2, last // 2
        if not path or roots_of(path[0], path[0], index, last, path[1:]) != (older[1], root):
            wrong(f"it does not extend the log that was signed on {older[2]}, or was made without that head")
    print(f"Consistent: the log begins with the {older[0]} events that were signed on {older[2]}.")


def check(dossier: zipfile.ZipFile, key: str, older: str, show: bool) -> int:
    said = json.loads(dossier.read("dossier.json"))
    size, root, time = head_in(dossier.read("head.txt").decode(), key)
    print(f"Signed: on {time} the log had {size} events and the root {root.hex()}.")
    if older:
        check_older(said, head_in(older, key), size, root)
    events, streams, last = list(events_in(dossier.read("events.bin"))), dict[str, list[int]](), 0
    if len(events) != len(said["proofs"]):
        wrong(f"there are {len(events)} events and {len(said['proofs'])} proofs")
    for (data, values), proof in zip(events, said["proofs"]):  # noqa: B905 - Python 3.9 does not know strict
        event, leaf = readable(values), hashlib.sha256(b"\x00" + data).digest()
        place, path = event["position"], [bytes.fromhex(step) for step in proof]
        if not last < place <= size or roots_of(leaf, leaf, place - 1, size - 1, path)[1] != root:
            wrong(f"event {place} is not the one in the log, or not at its place")
        seen = streams.setdefault(event["stream"], [])
        if not seen and said["supplier"]["id"] not in (event["stream"], *re.findall("[0-9a-f-]{36}", event["state"])):
            wrong(f"event {place} begins a record, and does not name the supplier")
        last = place
        seen.append(event["version"])
        print(end=json.dumps(event, ensure_ascii=False) + "\n" if show else "")
    gaps = [stream for stream, versions in streams.items() if versions != list(range(1, len(versions) + 1))]
    print(f"Proven: each of the {len(events)} events is in that log, unchanged and at its position.")
    print(
        f"Records: {len(streams)}, " + (f"WITH MISSING VERSIONS: {gaps}." if gaps else "none lacks a version between.")
    )
    print("Not proven: that these are all. The last events of a record, or a whole record, may have been left out.")
    return 1 if gaps else 0


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("dossier")
    given.add_argument("--key", required=True)
    given.add_argument("--head")
    given.add_argument("--print", action="store_true")
    asked = given.parse_args()
    try:
        key = asked.key if "+" in asked.key else Path(asked.key).read_text(encoding="utf-8")
        older = Path(asked.head).read_text(encoding="utf-8") if asked.head else ""
        with zipfile.ZipFile(asked.dossier) as dossier:
            return check(dossier, key, older, asked.print)
    except Exception as broken:
        wrong(f"the dossier cannot be read: {type(broken).__name__}: {broken}")


if __name__ == "__main__":
    raise SystemExit(main())
