"""Where the page of conversations is."""

from dataclasses import dataclass

from luka_bot.models.ids import ThreadId


@dataclass(frozen=True, slots=True)
class ChatPage:
    """The page of conversations. home: where people reach our pages, "" if there are none."""

    home: str

    @property
    def opens_in_telegram(self) -> bool:
        """Mini Apps are https alone."""
        return self.home.startswith("https://")

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
