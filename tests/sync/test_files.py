"""A file is replaced in one step; texts are compared line by line."""

import os
import socket
import stat

import pytest

from catalog.sync import files
from catalog.sync.files import changed_lines, diff, replace_file, unknown_lines


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "README.md"
    path.write_bytes(b"old")
    return path


def test_a_file_is_written_with_these_bytes(path):
    assert replace_file(path, b"new\r\n\xff")
    assert path.read_bytes() == b"new\r\n\xff"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_has_these_bytes_is_not_written(path, monkeypatch):
    monkeypatch.setattr(files.os, "replace", _fails)
    assert not replace_file(path, b"old")


def test_a_file_keeps_its_permissions(path):
    path.chmod(0o640)
    replace_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_keeps_its_owner(path):
    os.chown(path, 1234, 2345)
    replace_file(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_a_new_file_gets_the_permissions_of_the_house(tmp_path):
    mask = os.umask(0o027)
    try:
        replace_file(tmp_path / "new.md", b"new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o640


def test_a_link_stays_one_and_its_target_is_written(path, tmp_path):
    link = tmp_path / "docs" / "list.md"
    link.parent.mkdir()
    link.symlink_to("../README.md")
    replace_file(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_what_is_no_file_is_not_replaced_by_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        with pytest.raises(FileExistsError, match="no file"):
            replace_file(tmp_path / "socket", b"new")
        assert (tmp_path / "socket").is_socket()


def test_a_failure_leaves_the_old_file_and_nothing_else(path, monkeypatch):
    monkeypatch.setattr(files.os, "fsync", _fails)
    with pytest.raises(OSError, match="no space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def _fails(*_: object) -> None:
    raise OSError("no space")


def test_a_difference_is_told_without_dates_and_context():
    assert list(diff(b"a\nb\nc\n", b"a\nB\nc\n", "list.md")) == [
        "--- a/list.md",
        "+++ b/list.md",
        "@@ -2 +2 @@",
        "-b",
        "+B",
    ]


def test_lines_end_at_line_feeds_only():
    assert changed_lines("a\u2028b\x0cc\n".encode(), "a\u2028b\x0cd\n".encode()) == 1


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        (b"a\nb\n", b"a\nb\n", 0),
        (b"a\nb\n", b"a\nB\n", 1),
        (b"a\n", b"a\nb\nc\n", 2),
        (b"a\nb\nc\n", b"a\n", 2),
        (b"-- x\n", b"", 1),
        (b"a\n", b"a\n++ b/x\n", 1),
    ],
)
def test_changed_lines_are_counted(old, new, number):
    assert changed_lines(old, new) == number


def test_unknown_lines_have_numbers_and_blank_ones_do_not_count():
    assert unknown_lines(b"a\nb\n", b"b\n\nc\na\n  \nd\xff\n") == [(3, "c"), (6, "d\ufffd")]


def test_what_a_killed_writer_left_is_cleared_away_and_a_slow_one_left_in_peace(tmp_path):
    path = tmp_path / "READ[ME].md"
    old, new, other = (
        tmp_path / name
        for name in (".READ[ME].md.abc.new", ".READ[ME].md.def.new", ".OTHER.md.abc.new")
    )
    for left in (old, new, other):
        left.write_text("half")
    for left in (old, other):
        os.utime(left, (0, 0))
    replace_file(path, b"whole")
    assert set(tmp_path.iterdir()) == {path, new, other}
