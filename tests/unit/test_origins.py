"""Whose word it is that a request came by TLS."""

import pytest
from aiohttp.test_utils import make_mocked_request

from luka_bot.web.chat.origins import by_tls


@pytest.mark.parametrize(
    ("remote", "said", "is_tls"),
    [
        ("10.0.0.2", "https", True),
        ("::ffff:172.18.0.3", "https", True),
        ("fd00::2", "wss", True),
        ("10.0.0.2", "http, https", True),
        ("10.0.0.2", "https, http", False),  # the last word is the proxy's own
        ("10.0.0.2", "", False),
        ("8.8.8.8", "https", False),
        ("::ffff:8.8.8.8", "https", False),
        ("2001:4860:4860::8888", "https", False),
        ("", "https", False),
    ],
)
def test_a_proxy_of_our_own_network_alone_says_that_tls_was_there(
    remote: str, said: str, *, is_tls: bool
) -> None:
    request = make_mocked_request("GET", "/", {"X-Forwarded-Proto": said}).clone(remote=remote)

    assert by_tls(request) is is_tls
