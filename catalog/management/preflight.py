"""What must hold before `make run` starts anything long.

The Makefile runs this file with the machine's own Python, before there is an environment: the
standard library only, and nothing that an old Python 3 cannot read.
"""

import argparse
import errno
import importlib.util
import os
import shlex
import socket
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)


class NotReady(Exception):
    """A sentence for the person at the keyboard: what is in the way, and the cure."""


def check_python():
    # type: () -> None
    if sys.version_info < OLDEST_PYTHON:
        raise NotReady(
            "This is Python {}.{}; the site needs 3.11 or newer: install it, "
            "or name one with make PYTHON=/path/to/python3.11".format(*sys.version_info[:2])
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise NotReady(
            "This Python cannot make virtual environments: install its venv module "
            "(on Debian and Ubuntu: apt install python3-venv)."
        )


def check_list(path):
    # type: (str) -> None
    file = Path(path).expanduser()
    if file.is_dir():
        raise NotReady(
            "{} is a folder: name the list in it, such as make run LIST={}".format(
                path, shlex.quote(str(Path(path) / "README.md"))
            )
        )
    if not file.is_file():
        raise NotReady(
            "There is no file {}: name a list with make run LIST=path/to/README.md".format(path)
        )
    if not os.access(str(file), os.R_OK):
        raise NotReady("You may not read {}: chmod u+r {}".format(path, shlex.quote(str(file))))


def check_port(port):
    # type: (str) -> int
    """The port as a number. Raises `NotReady` if a server on 127.0.0.1 could not use it."""
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise NotReady("PORT is {!r}: write a number from 1024 to 65535.".format(port))
    number = int(port)
    problem = _problem_with(number)
    if problem == errno.EACCES:
        raise NotReady(
            "Port {} is for administrators: {}".format(number, make("run", PORT=_next_free(8000)))
        )
    if problem:
        raise NotReady(
            "Port {} is taken by another program: {}".format(
                number, make("run", PORT=_next_free(number + 1))
            )
        )
    return number


def make(target, **variables):
    # type: (str, **object) -> str
    """The make command for this very list, whose database is its own, ready to be pasted."""
    list_path = os.environ.get("LIST", "").strip()
    if list_path:
        variables["LIST"] = shlex.quote(list_path)
    return " ".join(["make", target] + ["{}={}".format(*pair) for pair in variables.items()])


def _problem_with(port):
    # type: (int) -> int
    """0, or the number of the error that a server would meet."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        # As servers do, so that a connection of the last run that is still closing is no obstacle.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", port))
            server.listen(1)
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    # "localhost" may mean ::1 first, and another program may be listening only there.
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as visitor:
            visitor.settimeout(1)
            visitor.connect(("::1", port))
            return errno.EADDRINUSE
    except OSError:  # nobody there, or no IPv6 on this machine
        return 0


def _next_free(port):
    # type: (int) -> int
    later = range(port, min(port + 100, 65536))
    return next((number for number in later if not _problem_with(number)), 8000)


def main():
    # type: () -> None
    parser = argparse.ArgumentParser(description="Can make run start?")
    parser.add_argument("--port")
    parser.add_argument("--list")
    arguments = parser.parse_args()
    try:
        check_python()
        if arguments.list is not None:
            check_list(arguments.list)
        if arguments.port is not None:
            check_port(arguments.port)
    except NotReady as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
