"""A real llama.cpp server for everybody who asks for it."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.tiny_size import ROOT

KEY = "open-sesame"
SECONDS = 60  # until it must have started


@dataclass(frozen=True, slots=True)
class Llama:
    url: str
    key: str
    pid: int


@pytest.fixture(scope="session")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Llama]:
    pytest.importorskip("xllamacpp", reason="no llama.cpp for this platform")
    folder = tmp_path_factory.mktemp("llama")
    with (
        (folder / "llama.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.tiny_llama", str(folder), KEY],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        try:
            yield Llama(_address(process), KEY, process.pid)
        finally:
            process.kill()


def _address(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], SECONDS)
    address = process.stdout.readline().decode().strip() if ready else ""
    if not address:
        pytest.skip("llama.cpp doesn't start on this machine (its words are in llama.log)")
    return address
