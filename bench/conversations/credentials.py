"""What Telegram signs when somebody opens a Mini App, signed by us with a bot's token."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode


def init_data(bot_token: str, user_id: int, name: str) -> str:
    fields = {
        "auth_date": str(int(time.time())),
        "query_id": f"q{user_id}",
        "user": json.dumps({"id": user_id, "first_name": name, "language_code": "en"}),
    }
    text = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    key = hmac.new(b"WebAppData", bot_token.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return urlencode({**fields, "hash": signature})
