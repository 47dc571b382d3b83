"""How a method says no, in the words of the Bot API."""

from luka_bot.demo.telegram.json_types import Json


class Refusal(Exception):
    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class BadRequest(Refusal):
    def __init__(self, words: str) -> None:
        super().__init__(400, f"Bad Request: {words}")


class Forbidden(Refusal):
    def __init__(self, words: str) -> None:
        super().__init__(403, f"Forbidden: {words}")


class Conflict(Refusal):
    def __init__(self, words: str) -> None:
        super().__init__(409, f"Conflict: {words}")


class TooMany(Refusal):
    def __init__(self, retry_after: int) -> None:
        words = f"Too Many Requests: retry after {retry_after}"
        super().__init__(429, words, {"retry_after": retry_after})
