"""The whole product as `bin/run` starts it, with real processes, and how it ends."""

import contextlib
import os
import signal
import socket
import subprocess
import urllib.request

import psutil
import pytest

from teams.models import User
from tests.processes import ROOT, python, running_valkey, stop, wait_until
from tests.workers import environment_of_processes

pytestmark = pytest.mark.worker

# The first start makes a database and compresses the static files; both cores may be busy with other tests.
STARTED_WITHIN_SECONDS = 120
GONE_WITHIN_SECONDS = 60
ADMINISTRATOR = {"ADMIN_EMAIL": "root@example.com", "ADMIN_PASSWORD": "a password long enough"}


class Product:
    """One `bin/run`, on a port of its own."""

    def __init__(self, folder, *arguments, **environment):
        self.port = environment.get("PORT") or str(free_port())
        self.output = folder.parent / f"output-{self.port}"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            **{"VAR_DIR": str(folder), "SECRET_KEY": "k" * 50, "PORT": self.port},
            **environment,
        }
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                python("-m", "ssi_dashboard.serve", *arguments),
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_announced(self):
        assert self.process.poll() is None, self.text
        return "SSI Dashboard is at" in self.text

    def status(self):
        """Wait for the end, and give the exit status."""
        return self.process.wait(timeout=GONE_WITHIN_SECONDS)

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def caching_of_its_style(self):
        """What a browser is told of the first style sheet of the sign-in page."""
        path = self.get("/accounts/login/").split('<link rel="stylesheet" href="')[1].split('"')[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.headers["Cache-Control"]

    def tree(self):
        """The process and all that descend from it, as long as it lives."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    @property
    def text(self):
        return self.output.read_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All state of the product; kept from test to test, so that only the first start is a slow one."""
    return tmp_path_factory.mktemp("p") / "var"


@contextlib.contextmanager
def starting(folder):
    """Start products, each announced before it is handed out; at the end nothing is left of them."""
    with contextlib.ExitStack() as stack:

        def serve(*arguments, **environment):
            product = Product(folder, *arguments, **environment)
            stack.callback(stop, product.process, seconds=GONE_WITHIN_SECONDS)
            wait_until(product.is_announced, seconds=STARTED_WITHIN_SECONDS, what="The product's start")
            return product

        yield serve


@pytest.fixture
def serve(folder):
    with starting(folder) as serve:
        yield serve


@pytest.fixture
def refuse(folder):
    """Start a product that does not come up: its exit status and what it said."""

    def refuse(*arguments, var_dir=folder, **environment):
        product = Product(var_dir, *arguments, **environment)
        try:
            return product.status(), product.text.strip()
        finally:
            stop(product.process)

    return refuse


def test_it_serves_ends_when_told_to_and_keeps_what_it_knew(serve, refuse, folder):
    first = serve("--no-demo", **ADMINISTRATOR)
    tree = first.tree()

    assert first.get("/healthz") == "ok"
    assert "immutable" in first.caching_of_its_style()
    assert "root@example.com is the first administrator." in first.text
    assert refuse() == (1, f"Another bin/run serves {folder} already; set VAR_DIR to another folder.")
    assert len(tree) >= 10  # itself, four leashes and their commands, web and worker processes

    first.process.send_signal(signal.SIGTERM)

    assert first.status() == 0
    assert left_of(tree) == []
    again = serve("--no-demo")
    assert "first administrator" not in again.text
    assert again.get("/readyz")


def test_a_kill_leaves_nothing_behind_and_nothing_in_the_way(serve):
    product = serve("--no-demo", **ADMINISTRATOR)
    tree = product.tree()

    product.process.kill()

    assert product.status() == -signal.SIGKILL
    assert serve("--no-demo").get("/healthz") == "ok"  # at once: it waits for what is left of the first
    assert left_of(tree) == []


def test_without_its_worker_it_ends(serve):
    product = serve("--no-demo", **ADMINISTRATOR)
    tree = product.tree()

    main_process_of(tree, "worker").kill()

    assert product.status() == 1
    assert "The worker ended by itself with signal 9; everything was stopped." in product.text
    assert left_of(tree) == []


def test_a_taken_port_is_told(refuse):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert refuse(PORT=str(port)) == (1, f"Port {port} on 127.0.0.1 is taken; set PORT to another one.")


def test_an_address_of_another_machine_is_told(refuse):
    assert refuse(BIND="192.0.2.7") == (
        1,
        "BIND is 192.0.2.7, where this machine cannot listen; set it to another address.",
    )


def test_a_folder_that_is_none_is_told(refuse, tmp_path):
    file = tmp_path / "file"
    file.touch()

    assert refuse(var_dir=file) == (1, f"VAR_DIR is '{file}', and that folder cannot be made: File exists.")


def test_a_path_too_long_for_the_store_is_told(refuse, tmp_path):
    status, sentence = refuse(var_dir=tmp_path / ("x" * 100))

    assert status == 1
    assert sentence.startswith("VAR_DIR is too long a path for a socket")
    assert "REDIS_URL" in sentence


def test_nonsense_in_a_setting_is_told(refuse):
    assert refuse(PORT="many") == (1, "PORT is 'many'; it takes a whole number from 1 to 65535.")


def test_a_database_that_does_not_answer_is_told(refuse, tmp_path):
    status, sentence = refuse(
        "--no-demo", var_dir=tmp_path / "var", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing"
    )

    assert status == 1
    assert sentence.splitlines()[0].startswith("The database does not serve (DATABASE_URL names it):")


def test_nobody_to_ask_for_the_first_administrator_is_told(refuse, tmp_path):
    assert refuse("--no-demo", var_dir=tmp_path / "var") == (
        1,
        "There is no administrator yet, and no terminal to ask for one: set ADMIN_EMAIL and ADMIN_PASSWORD.",
    )


def test_a_weak_first_password_is_refused(refuse, tmp_path):
    status, sentence = refuse(
        "--no-demo", var_dir=tmp_path / "var", ADMIN_EMAIL="root@example.com", ADMIN_PASSWORD="password"
    )

    assert status == 1
    assert sentence.startswith("ADMIN_PASSWORD will not do:")


@pytest.mark.django_db(transaction=True)
def test_the_named_database_and_the_named_store_are_used(serve, tmp_path_factory):
    store = tmp_path_factory.mktemp("s") / "valkey.sock"

    with running_valkey(store):
        product = serve(
            "--no-demo",
            **ADMINISTRATOR,
            DATABASE_URL=environment_of_processes()["DATABASE_URL"],
            REDIS_URL=f"unix://{store}",
        )

        assert product.get("/readyz")
        assert User.objects.get().is_superuser
        assert not [process for process in product.tree() if "valkey" in process.name()]
        product.process.terminate()
        assert product.status() == 0


def left_of(tree):
    """The processes of a tree that are still there after the time that the last of them may take."""
    _, alive = psutil.wait_procs(tree, timeout=GONE_WITHIN_SECONDS)
    return alive


def main_process_of(tree, word):
    """The process of a command itself: the child of its leash."""
    leashes = {process.pid for process in tree if any("leash.py" in part for part in process.cmdline())}
    return next(
        process
        for process in tree
        if process.ppid() in leashes and any(word in part for part in process.cmdline())
    )


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
