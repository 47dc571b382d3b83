"""Which model answers, and where."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, SecretStr

from luka_bot.config_types import HttpUrls, OptionalHttpUrl, lower


class Model(BaseModel):
    ollama_url: HttpUrls = Field(
        default="http://127.0.0.1:11434",
        description="Where Ollama listens; several addresses, with commas, share the work.",
    )
    ollama_model: str = Field(
        default="llama3.2",
        description="The model that answers; `ollama pull` it first.",
    )
    ollama_num_ctx: int = Field(
        default=8192,
        ge=512,
        description="Tokens that the model reads at once, question, history and answer together. "
        "More need more memory on the model's machine.",
    )
    ollama_keep_alive: str = Field(
        default="30m",
        description="How long Ollama keeps the model in memory after an answer, such as `30m`, "
        "`24h`; `-1m` is for ever.",
    )
    llm_api: Annotated[Literal["ollama", "openai"], BeforeValidator(lower)] = Field(
        default="ollama",
        description="`openai` for a server with OpenAI's API, such as vLLM, LiteLLM or llama.cpp.",
    )
    llm_url: OptionalHttpUrl = Field(
        default="",
        description="Its address, such as `http://127.0.0.1:8000/v1`. Needed with LLM_API=openai.",
    )
    llm_key: SecretStr = Field(
        default=SecretStr(""),
        description="The key that it asks for, if it asks for one.",
    )
    llm_model: str = Field(
        default="",
        description="The model's name there. Empty: that of OLLAMA_MODEL.",
    )
    model_connect_timeout: float = Field(
        default=5.0,
        gt=0,
        description="Seconds to reach the model's server.",
    )
    model_first_token_timeout: float = Field(
        default=180.0,
        gt=0,
        description="Seconds until the first word; loading a large model takes its time.",
    )
    model_idle_timeout: float = Field(
        default=60.0,
        gt=0,
        description="Seconds between two words before the answer counts as stalled.",
    )
    system_prompt: str = Field(
        default="You are luka, a kind and concise assistant in Telegram. "
        "Answer in the language of the question. Use Markdown where it helps.",
        description="What the model is told before every conversation, unless its thread has a "
        "prompt of its own.",
    )
