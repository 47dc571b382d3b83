"""What people decide of what is kept of them, and how they like it, wired."""

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.privacy_text import PrivacyText
from luka_bot.handlers.settings_desk import SettingsDesk
from luka_bot.job_office import folder_of, open_workspaces
from luka_bot.models.ids import UserId
from luka_bot.services.access import AccessService
from luka_bot.services.choices import Choices
from luka_bot.services.own_words import OwnWords
from luka_bot.services.privacy import Clear, Privacy
from luka_bot.services.redaction import Redaction
from luka_bot.sharing import SharedThreads
from luka_bot.storage.people import PeopleStore
from luka_bot.storage.redactions import Redactions


def belongings(
    settings: Settings,
    services: Services,
    courier: Courier,
    access: AccessService,
    shared: SharedThreads,
) -> dict[str, object]:
    """By the names by which handlers get them."""
    threads, turns, people, audit = (
        services.threads,
        services.turns,
        services.people,
        services.audit,
    )
    own_words = OwnWords(shared.conversations)
    privacy = Privacy(threads, turns, people, services.forgetting, audit, own_words)
    privacy.follow(_clearing_files(settings, people))
    return {
        "privacy": privacy,
        "privacy_text": PrivacyText(settings.lives, settings.limits),
        "redaction": Redaction(threads, turns, Redactions(services.storage), access, audit),
        "settings_desk": SettingsDesk(courier, Choices(people), access, shared.languages),
    }


def _clearing_files(settings: Settings, people: PeopleStore) -> Clear:
    """Of whoever asks to be forgotten; an account that admins delete leaves its files."""
    workspaces = open_workspaces(settings)

    async def clear(user_id: UserId) -> None:
        person = await people.get(user_id)
        await workspaces.clear(folder_of(person))

    return clear
