"""What the tiny llama is like, for itself and for those who ask it; reading this costs nothing."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
NAME = "tiny"
CONTEXT = 8192  # tokens that the server was started with
ANSWER = 1500  # tokens of each answer; half a second's work
