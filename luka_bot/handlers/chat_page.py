"""Where the page of conversations is."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from luka_bot.models.ids import ThreadId

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class ChatPage:
    """The page of conversations. home: where people reach our pages, "" if there are none.

    takes_http: Telegram is the demo's own, which opens pages of this machine without a certificate.
    """

    home: str
    takes_http: bool = False

    @property
    def opens_in_telegram(self) -> bool:
        """Telegram's Mini Apps are https alone."""
        address = urlsplit(self.home)
        is_ours = self.takes_http and address.hostname in LOOPBACK
        return address.scheme == "https" or (address.scheme == "http" and is_ours)

    @property
    def address(self) -> str:
        return f"{self.home}/app" if self.home else ""

    def of(self, thread_id: ThreadId) -> str:
        return f"{self.address}?c={thread_id}" if self.home else ""

    def by_link(self, link: str) -> str:
        """Behind # the address is told to no server on the way."""
        return f"{self.address}#enter={link}"

    def by_invite(self, token: str) -> str:
        return f"{self.address}#join={token}" if self.home else ""
