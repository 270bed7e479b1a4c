"""`tierce up` as the person sees it who starts, stops and kills it."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import socket
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from cli.embedded.folder import DataFolder
from processes import Up, children, eventually, gone, up


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: every start but the first is a warm one."""
    return tmp_path_factory.mktemp("data of an instance") / "in a new folder"


def test_it_answers_as_soon_as_it_says_so_and_ctrl_c_stops_everything_in_time(data: Path) -> None:
    with up(data) as instance:
        address = instance.ready()
        found = json.load(urlopen(f"{address}/health/ready"))
        assert found["ready"]
        assert all(each["ok"] for each in found["dependencies"].values())
        assert {"web", "servers"} <= found["roles"].keys()
        below = children(instance.pid)
        assert len(below) >= 2
        assert instance.signal(signal.SIGINT) < 10, "three seconds on a quiet machine; tests share theirs"
        assert instance.process.returncode == 0
        assert gone(below)


def test_a_second_start_says_who_holds_the_folder(data: Path) -> None:
    with up(data) as first:
        first.ready()
        second = Up(data)
        _, complaint = second.process.communicate(timeout=10)
        assert second.process.returncode == 1
        assert f"held by process {first.pid}" in complaint
        assert len(complaint.splitlines()) == 1


def test_a_taken_port_is_replaced_by_a_free_one_and_it_says_so(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with up(data, "--port", str(port)) as instance:
            address = instance.ready()
            assert not address.endswith(f":{port}")
            assert f"Port {port} is taken" in "".join(instance.said)


def test_kill_9_leaves_no_process_and_the_next_start_has_every_mail(data: Path) -> None:
    with up(data) as instance:
        instance.ready()
        below = children(instance.pid)
        smtp = DataFolder(data).announced()["smtp_url"].rsplit(":", 1)
        with smtplib.SMTP("127.0.0.1", int(smtp[1]), timeout=5) as client:
            client.sendmail("us@example.com", ["ann@vendor.example"], "Subject: Kept through a kill\n\nHello")
        instance.signal(signal.SIGKILL)
        assert eventually(lambda: gone(below))
    with up(data) as again:
        address = again.ready()
        assert "Kept through a kill" in urlopen(f"{address}/mailbox/?to=ann@vendor").read().decode()


def test_a_database_server_that_dies_is_started_again_at_the_same_address(data: Path) -> None:
    with up(data) as instance:
        address = instance.ready()
        before = DataFolder(data).announced()["database_url"]
        postgres = int((data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
        os.kill(postgres, signal.SIGKILL)
        assert eventually(lambda: _ready(address) and postgres not in children(instance.pid), within=10)
        assert DataFolder(data).announced()["database_url"] == before


def test_a_page_of_another_name_cannot_read_the_instance(data: Path) -> None:
    with up(data) as instance:
        request = Request(f"{instance.ready()}/mailbox/", headers={"Host": "evil.example"})
        with pytest.raises(HTTPError, match="400"):
            urlopen(request)


def _ready(address: str) -> bool:
    try:
        return bool(json.load(urlopen(f"{address}/health/ready"))["ready"])
    except OSError:
        return False
