"""As in e2e, with people on other client libraries."""

import os
import sys

import pytest

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e")]
from conftest_shared import player, spotter, synapse  # noqa: E402,F401
from peer import BUILT, LIBRARIES, Gym  # noqa: E402

sys.path += map(str, BUILT.glob("tools/lib/python3*/site-packages"))  # of the same Python; after the tests' own


@pytest.fixture(params=LIBRARIES)
def library(request):
    return request.param


@pytest.fixture
def play(synapse, tmp_path):
    return player(lambda: Gym(synapse, tmp_path), 1200)
