"""How many tokens a text will be, without the model's tokenizer."""


def estimate(text: str) -> int:
    raise NotImplementedError


class Calibration:
    """True tokens for each estimated one, learnt per model; one for the whole process."""

    def factor(self, model: str) -> float:
        raise NotImplementedError

    def learn(self, model: str, *, estimated: int, counted: int, num_ctx: int) -> None:
        """estimated is the plain estimate, before the factor; counted is the server's figure."""
        raise NotImplementedError
