"""English for the demo's model at work."""

from luka_bot.demo.model.jobs.texts import JobTexts

TEXTS = JobTexts(
    thousands=",",
    decimal=".",
    rules="*Done by luka's scripted demo model: really from your file, but by a few rules. A real "
    "model would see more.*",
    partial="I could keep only a part of `{name}` in mind, so this is about that part alone.",
    refused="`{name}` could not be written: {why}",
    sales="# Sales in {name}\n\n**Rows: {rows}; products: {products}; in all: {total}.**\n\n"
    "## Top {count} by revenue\n\n| Product | Revenue | Share |\n|---|---:|---:|\n{lines}",
    sales_months="## By month\n\n| Month | Revenue |\n|---|---:|\n{lines}",
    sales_trend="From {first} to {last} revenue went **{way} by {percent} %**. The best month was "
    "**{best}**, the weakest **{worst}**.",
    up="up",
    down="down",
    skipped="Rows without a readable figure, which were left out: {count}.",
    chart_title="Top {count} products by revenue",
    chart="The chart is in `{name}`: the top {count} products of `{source}` by revenue.\n\n{lines}",
    feedback="# Feedback in {name}\n\n**Entries: {total}; positive: {positive}, negative: "
    "{negative}, neutral: {neutral}.**",
    negative="# What people complain about\n\nNegative entries: {negative} of {total}.",
    complaint="{place}. **{topic}** ({count}×), such as: “{example}”",
    no_complaints="I found no complaints in it.",
    plan="# A plan for the top {count} complaints",
    plan_step="## {place}. {topic} ({count}×)\n\n{action}",
    table="# {name}\n\n**Rows: {rows}**, columns: {columns}.\n\n{lines}",
    review="# Review of {name}\n\n**Findings: {count}**\n\n{lines}\n\nReply *fix the bugs*, and I "
    "mend them.",
    review_clean="# Review of {name}\n\nMy simple checks found nothing. They know "
    "only a few mistakes; a real model sees more.",
    fixed="# {name} is mended\n\nThe whole file is in `{written}`. What changed:\n\n{lines}",
    nothing_to_fix="There is nothing in `{name}` that my simple checks would mend.",
    unreadable="`{name}` can't be read as Python: {why} (line {line}).",
    tests="Tests for `{name}` are in `{written}`; there are {count}. They are written by rules, "
    "and were not run.",
    finding="- **Line {line}**: `{about}`: {text}",
    mistakes={
        "syntax": "Python can't read this.",
        "shared_default": "the default is made once and shared between calls; `None` is right, and "
        "a new one inside.",
        "bare_except": "it catches even Ctrl-C; `except Exception` is the most it should.",
        "none_by_value": "`None` is compared with `is`.",
        "literal_by_identity": "whether two values are equal is asked with `==`.",
        "empty_division": "it divides by zero when there is nothing in it.",
        "past_the_end": "the last index is one too far.",
    },
    topics={
        "delivery": "Delivery",
        "quality": "Quality",
        "service": "Service",
        "price": "Price",
        "use": "Ease of use",
    },
    actions={
        "delivery": "Measure how long deliveries take, tell people of a delay before they ask, and "
        "look at the carrier with the most late ones.",
        "quality": "Collect what broke and when, find the most frequent cause, and check for it "
        "before anything is sent out.",
        "service": "Answer within a day, give the team an example of a good answer, and ask "
        "afterwards whether it helped.",
        "price": "Say early what it costs and what is in it, and make refunds simple.",
        "use": "Watch three people use it, and take away the step where they stop.",
    },
)
