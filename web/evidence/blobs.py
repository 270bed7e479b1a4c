"""Evidence in PostgreSQL, kept under the SHA-256 of its bytes and never altered."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import asyncpg
from fastapi import UploadFile
from starlette.responses import Response, StreamingResponse

from suppliers.assessment import Evidence
from suppliers.errors import UnknownEvidence
from suppliers.questionnaires.answers import InvalidAnswer
from web.evidence.kinds import kind_of
from web.evidence.names import base_name, disposition, extension

HAVE = "SELECT EXISTS (SELECT FROM public.evidence_blobs WHERE sha256 = $1)"
KEEP = """
INSERT INTO public.evidence_blobs (sha256, media_type, size, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""
SIZE = "SELECT size FROM public.evidence_blobs WHERE sha256 = $1"
PIECE = "SELECT substr(body, $2, $3) FROM public.evidence_blobs WHERE sha256 = $1"

BLOCK = 1 << 20
PATIENCE = 60.0
"""Seconds for the one statement that carries a large file."""
SHUT_IN = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is in the database for good."""

    filename: str
    media_type: str
    size: int
    sha256: str


async def keep(pool: asyncpg.Pool[Any], upload: UploadFile, *, most: int, turn: asyncio.Semaphore) -> Kept:
    """Store what was uploaded; it is durable when this returns. `turn` bounds how many are in memory at once."""
    name, size = base_name(upload.filename or ""), upload.size or 0
    if not size:
        raise InvalidAnswer("“{name}” is empty. Choose the file again.", name=name)
    if size > most:
        raise InvalidAnswer("“{name}” is larger than {most} MB.", name=name, most=most // 1_000_000)
    kind = await asyncio.to_thread(kind_of, upload.file, extension(name))
    if kind is None:
        raise InvalidAnswer(
            "“{name}” is not a kind of file we can take. Send PDF, Word, Excel, CSV, text, JSON or an image, "
            "named as what it is.",
            name=name,
        )
    digest = await asyncio.to_thread(_digest, upload.file)
    if not await pool.fetchval(HAVE, digest):
        async with turn:
            body = await upload.read()
            await pool.execute(KEEP, digest, kind.media_type, size, body, timeout=PATIENCE)
    return Kept(name, kind.media_type, size, digest.hex())


async def give_out(pool: asyncpg.Pool[Any], evidence: Evidence) -> Response:
    """The file as a download; nothing in it runs in our pages."""
    digest = bytes.fromhex(evidence.sha256)
    if await pool.fetchval(SIZE, digest) != evidence.size:
        raise UnknownEvidence
    headers = {
        "Content-Disposition": disposition(evidence.filename),
        "Content-Length": str(evidence.size),
        "Content-Security-Policy": SHUT_IN,
        "ETag": f'"{evidence.sha256}"',
    }
    return StreamingResponse(_pieces(pool, digest, evidence.size), media_type=evidence.media_type, headers=headers)


async def _pieces(pool: asyncpg.Pool[Any], digest: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(1, size + 1, BLOCK):
        yield await pool.fetchval(PIECE, digest, start, BLOCK)


def _digest(file: BinaryIO) -> bytes:
    file.seek(0)
    sha = hashlib.sha256()
    while block := file.read(BLOCK):
        sha.update(block)
    file.seek(0)
    return sha.digest()
