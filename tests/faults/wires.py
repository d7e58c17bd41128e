"""Hosts that are network namespaces, joined by a switch that is one too; only root can make them.

Nothing of it touches the network of the machine: every address is inside.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

NET = "10.77.0.0/24"


class Missing(RuntimeError):
    """What is needed is not here; the message names it."""


class Wires:
    """The hosts and their lines to the switch; a line that is cut carries nothing, and nobody is told."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self._hosts = hosts

    def address(self, host: str) -> str:
        return f"10.77.0.{1 + self._hosts.index(host)}"

    def within(self, host: str) -> list[str]:
        """The beginning of a command that is to run there."""
        return ["ip", "netns", "exec", namespace(host)]

    def cut(self, host: str) -> None:
        ip("-n", namespace("switch"), "link", "set", host, "down")

    def mend(self, host: str) -> None:
        ip("-n", namespace("switch"), "link", "set", host, "up")


def namespace(host: str) -> str:
    return f"ssi-{os.getpid()}-{host}"


@contextmanager
def wired(hosts: Sequence[str]) -> Iterator[Wires]:
    """Make a namespace for each host, and at the end remove them all. Raises Missing where this cannot be."""
    if os.geteuid() != 0:
        raise Missing("Network namespaces need root.")
    for command in ("ip", "setpriv"):
        if shutil.which(command) is None:
            raise Missing(f"There is no command {command} here (iproute2, util-linux).")
    wires = Wires(hosts)
    with ExitStack() as stack:
        try:
            for host in ("switch", *hosts):
                ip("netns", "add", namespace(host))
                stack.callback(ip, "netns", "delete", namespace(host))
            _join(wires, hosts)
        except subprocess.CalledProcessError as error:
            raise Missing(f"Namespaces cannot be made here: {error.stderr.strip()}") from error
        yield wires


def _join(wires: Wires, hosts: Sequence[str]) -> None:
    switch = namespace("switch")
    ip("-n", switch, "link", "add", "bridge", "type", "bridge")
    ip("-n", switch, "link", "set", "bridge", "up")
    for host in hosts:
        here = namespace(host)
        ip("-n", switch, "link", "add", host, "type", "veth", "peer", "name", "line", "netns", here)
        ip("-n", switch, "link", "set", host, "master", "bridge", "up")
        ip("-n", here, "address", "add", f"{wires.address(host)}/24", "dev", "line")
        for device in ("lo", "line"):
            ip("-n", here, "link", "set", device, "up")


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
