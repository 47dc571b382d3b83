"""A real llama.cpp server with a model of half a megabyte that speaks at random.

`python -m tests.tiny_llama FOLDER KEY` makes the model, serves it and prints its address: a process
of its own, so that a crash of native code ends nothing else.
"""

import sys
import threading
from pathlib import Path

import gguf
import numpy as np
import xllamacpp  # type: ignore[import-untyped]  # it has no types

from tests.tiny_size import ANSWER, CONTEXT, NAME

WIDTH, HEADS, HIDDEN, LAYERS = 64, 4, 128, 2
WORDS = [f"▁{first}{last}" for first in "bdfgklmnprst" for last in ("a", "e", "i", "o")]
CONTROL, UNKNOWN, BYTE, NORMAL = 3, 2, 6, 1  # kinds of tokens, as gguf numbers them
TEMPLATE = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"


def write_model(path: Path) -> None:
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_chat_template(TEMPLATE)
    for name, tensor in _tensors(_add_words(writer)).items():
        writer.add_tensor(name, tensor.astype(np.float32))  # llama.cpp crashes on anything else
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def serve(model: Path, key: str) -> None:
    """Until this process is killed."""
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.model_alias = {NAME}
    params.api_keys = [key]
    params.n_ctx = CONTEXT
    params.n_predict = ANSWER
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.endpoint_slots = True
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    threading.Event().wait()


def _add_words(writer: gguf.GGUFWriter) -> int:
    """How many tokens there are."""
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *WORDS]
    kinds = [UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256, *[NORMAL] * len(WORDS)]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    return len(tokens)


def _tensors(tokens: int) -> dict[str, np.ndarray]:
    """Words have large weights at the way out, so that neither bytes nor the end are drawn."""
    random = np.random.default_rng(1)
    said = random.normal(0, 1, (tokens, WIDTH))
    said[: tokens - len(WORDS)] = 0
    tensors = {
        "token_embd.weight": random.normal(0, 1, (tokens, WIDTH)),
        "output_norm.weight": np.ones(WIDTH),
        "output.weight": said,
    }
    for layer in range(LAYERS):
        square = dict.fromkeys(("attn_q", "attn_k", "attn_v", "attn_output"), (WIDTH, WIDTH))
        wide = dict.fromkeys(("ffn_gate", "ffn_up"), (HIDDEN, WIDTH))
        shapes = {**square, **wide, "ffn_down": (WIDTH, HIDDEN)}
        for name, shape in shapes.items():
            tensors[f"blk.{layer}.{name}.weight"] = random.normal(0, 0.1, shape)
        for name in ("attn_norm", "ffn_norm"):
            tensors[f"blk.{layer}.{name}.weight"] = np.ones(WIDTH)
    return tensors


if __name__ == "__main__":
    MODEL = Path(sys.argv[1]) / "tiny.gguf"
    write_model(MODEL)
    serve(MODEL, sys.argv[2])
