"""A PDF from a second process: the same bytes, and an end to it whatever happens."""

import subprocess
import sys
from pathlib import Path

import pytest

from documents.press.pdf_beside import DrawnBeside, NotDrawn
from documents.press.pdf_drawing import Drawing, draw

DRAWING = Drawing(page='<html lang="en"><title>Index</title><body><h1>Index – all of it</h1></body></html>', style="")


def waited_for(beside):
    while (drawn := beside.wait(0.5)) is None:
        pass
    return drawn


def children_of_this_process():
    return Path("/proc/self/task").glob("*/children")


def running():
    return {pid for path in children_of_this_process() for pid in path.read_text().split()}


def test_drawn_beside_gives_the_bytes_of_drawing_here():
    with DrawnBeside(DRAWING) as beside:
        drawn = waited_for(beside)

    assert drawn == draw(DRAWING)


def test_drawn_beside_is_ended_when_the_block_is_left_early():
    before = running()

    def leave():
        with DrawnBeside(DRAWING):
            assert running() - before
            raise KeyError

    with pytest.raises(KeyError):
        leave()
    assert not running() - before


def test_drawn_beside_tells_when_there_is_no_pdf(monkeypatch):
    monkeypatch.setattr("documents.press.pdf_beside._COMMAND", [sys.executable, "-c", "raise SystemExit(3)"])

    with DrawnBeside(DRAWING) as beside, pytest.raises(NotDrawn):
        waited_for(beside)


def test_drawing_process_loads_no_django():
    check = "import sys, documents.press.pdf_drawing; print('django' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"
