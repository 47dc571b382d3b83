"""The sentences that the demo's model has for jobs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JobTexts:
    """Placeholders in braces are filled where the work is done. mistakes: by Mistake; topics and
    actions: by Feedback's topics."""

    thousands: str
    decimal: str
    rules: str
    partial: str
    refused: str
    sales: str
    sales_months: str
    sales_trend: str
    up: str
    down: str
    skipped: str
    chart_title: str
    chart: str
    feedback: str
    negative: str
    complaint: str
    no_complaints: str
    plan: str
    plan_step: str
    table: str
    review: str
    review_clean: str
    fixed: str
    nothing_to_fix: str
    unreadable: str
    tests: str
    finding: str
    mistakes: dict[str, str]
    topics: dict[str, str]
    actions: dict[str, str]

    def figure(self, value: float) -> str:
        marks = {",": self.thousands, ".": self.decimal}
        return "".join(marks.get(char, char) for char in f"{value:,.2f}")
