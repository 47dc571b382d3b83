"""Links that open a person's chat with the bot and press Start with a payload."""

import re
from urllib.parse import parse_qs, urlsplit

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
HOSTS = frozenset({"t.me", "telegram.me", "www.t.me"})


def start_payload(link: str, username: str) -> str | None:
    """What the bot of this name would be started with; None if the link doesn't start it."""
    address = urlsplit(link if "://" in link else f"https://{link}")
    asked = {name: values[-1] for name, values in parse_qs(address.query).items()}
    if address.scheme == "tg" and address.netloc == "resolve":
        named = asked.get("domain", "")
    elif address.scheme in ("http", "https") and (address.hostname or "") in HOSTS:
        named = address.path.strip("/")
    else:
        return None
    payload = asked.get("start", "")
    fits = named.lower() == username.lower() and PAYLOAD.fullmatch(payload)
    return payload if fits else None
