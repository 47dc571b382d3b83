"""Ports that nobody has."""

import itertools
import os
import socket

HOST = "127.0.0.1"
FIRST, COUNT = 20_000, 12_000  # below those that systems give to outgoing connections

_steps = itertools.count(os.getpid() * 131)


def free_port() -> int:
    """Free at this moment. One process gets it once, and processes that run side by side begin far
    from each other: what the system would choose is soon chosen again, for somebody else."""
    while True:
        port = FIRST + next(_steps) % COUNT
        with socket.socket() as one:
            try:
                one.bind((HOST, port))
            except OSError:
                continue
            return port
