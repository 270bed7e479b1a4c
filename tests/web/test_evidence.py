"""Evidence is kept before it is attached, is what it claims to be, and stays within its assessment."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.web.answering import Vendor
from tests.web.stage import Stage
from web.evidence.kinds import kind_of
from web.evidence.names import base_name, disposition

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj\n"


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


async def test_a_file_comes_back_as_it_was_under_its_own_name(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    sent = await vendor.upload("SRC-01", "../../etc/Régister.pdf", PDF)
    assert sent.status_code == 201 and "Régister.pdf" in sent.json()["html"] and ".." not in sent.json()["html"]
    ((evidence_id, evidence),) = (await stage.assessment(id)).evidence.items()
    assert (evidence.filename, evidence.media_type, evidence.size) == ("Régister.pdf", "application/pdf", len(PDF))
    assert await stage.pool.fetchval("SELECT body FROM evidence_blobs") == PDF
    got = await vendor.browser.get(f"{vendor.base}/evidence/{evidence_id}")
    assert got.content == PDF and got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"].startswith("attachment;")
    assert got.headers["x-content-type-options"] == "nosniff" and "sandbox" in got.headers["content-security-policy"]


async def test_the_same_file_sent_twice_is_attached_once_and_stored_once(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    for question in ("SRC-01", "SRC-01", "SRC-02"):
        assert (await vendor.upload(question, "register.pdf", PDF)).status_code == 201
    assert len((await stage.assessment(id)).evidence) == 2
    assert await stage.pool.fetchval("SELECT count(*) FROM evidence_blobs") == 1


async def test_a_removed_file_is_gone_from_the_question(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    await vendor.upload("SRC-01", "register.pdf", PDF)
    (evidence_id,) = (await stage.assessment(id)).evidence
    assert (await vendor.post(f"/evidence/{evidence_id}/remove")).status_code == 303
    assert not (await stage.assessment(id)).evidence
    assert (await vendor.read(f"/evidence/{evidence_id}")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"MZ\x90\x00 not a pdf"),
        ("report.docx", zipped("xl/workbook.xml")),
        ("macros.docx", zipped("word/document.xml", "word/vbaProject.bin")),
        ("report.exe", b"MZ"),
        ("page.html", b"<script>alert(1)</script>"),
        ("archive.zip", zipped("a")),
        ("list.csv", b"a,b\x00c"),
        ("model.json", b"{not json"),
        ("picture.png", b"\xff\xd8\xff\xe0"),
        ("empty.txt", b""),
        ("noextension", b"text"),
    ],
)
async def test_a_file_that_is_not_what_it_is_named_is_refused_and_nothing_kept(
    stage: Stage, name: str, content: bytes
) -> None:
    vendor = await Vendor(stage, await stage.sent()).come_in()
    refused = await vendor.upload("SRC-01", name, content)
    assert refused.status_code == 422 and name in refused.json()["error"]
    page = await vendor.upload("SRC-01", name, content, script=False)
    assert page.status_code == 422 and "error-summary" in page.text
    assert await stage.pool.fetchval("SELECT count(*) FROM evidence_blobs") == 0


async def test_a_file_that_is_too_large_is_refused_at_the_door(stage: Stage) -> None:
    stage.upload_limit = 200_000
    vendor = await Vendor(stage, await stage.sent()).come_in()
    huge = await vendor.upload("SRC-01", "huge.txt", b"x" * 400_000)
    assert huge.status_code == 413 and "smaller" in huge.json()["error"]
    large = await vendor.upload("SRC-01", "large.txt", b"x" * 250_000)
    assert large.status_code == 422 and "larger" in large.json()["error"]
    long = await vendor.save("SRC-01", "x" * 1_100_000)
    assert long.status_code == 413


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\fake\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("line\nbreak.pdf", "linebreak.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_reduced_to_its_harmless_last_part(sent: str, kept: str) -> None:
    assert base_name(sent) == kept


def test_a_download_header_holds_one_line_and_both_names() -> None:
    header = disposition('Ré"g;ister.pdf')
    assert header == "attachment; filename=\"R__g_ister.pdf\"; filename*=UTF-8''R%C3%A9%22g%3Bister.pdf"


def test_every_kind_that_is_offered_is_recognised(tmp_path: Path) -> None:
    specimens = {
        "pdf": PDF,
        "docx": zipped("word/document.xml"),
        "xlsx": zipped("xl/workbook.xml"),
        "pptx": zipped("ppt/presentation.xml"),
        "csv": "naïve;1\r\n".encode("cp1252"),
        "txt": "½".encode("utf-16"),
        "json": b'{"a": 1}',
        "png": b"\x89PNG\r\n\x1a\n....",
        "jpg": b"\xff\xd8\xff\xe0",
    }
    for extension, content in specimens.items():
        assert kind_of(io.BytesIO(content), extension) is not None, extension
