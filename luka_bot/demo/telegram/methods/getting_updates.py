"""The two ways updates reach the bot."""

from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.refusal import BadRequest, Conflict
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.webhook import Target
from luka_bot.demo.telegram.world import World

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@method("getUpdates")
async def get_updates(world: World, params: Params) -> object:
    if world.webhook.target is not None:
        raise Conflict(WEBHOOK_ACTIVE)
    _remember_allowed(world, params)
    limit = params.number("limit") or 100
    return await world.updates.poll(
        params.number("offset") or 0, limit, params.number("timeout") or 0
    )


@method("setWebhook")
def set_webhook(world: World, params: Params) -> object:
    url = params.text("url") or ""
    _remember_allowed(world, params)
    _drop_if_asked(world, params)
    if not url:
        world.webhook.aim(None)
        return True
    if not url.startswith(("http://", "https://")):
        raise BadRequest("bad webhook: URL host is empty")
    secret = params.text("secret_token") or ""
    if not all(char.isascii() and (char.isalnum() or char in "_-") for char in secret):
        raise BadRequest("secret token contains unallowed characters")
    world.webhook.aim(Target(url, secret, params.number("max_connections") or 40))
    return True


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> object:
    _drop_if_asked(world, params)
    world.webhook.aim(None)
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, _params: Params) -> object:
    target = world.webhook.target
    info: dict[str, object] = {
        "url": target.url if target else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending,
    }
    if target:
        info["max_connections"] = target.connections
    if world.updates.allowed:
        info["allowed_updates"] = list(world.updates.allowed)
    if world.webhook.last_error:
        at, words = world.webhook.last_error
        info |= {"last_error_date": at, "last_error_message": words}
    return info


def _remember_allowed(world: World, params: Params) -> None:
    if params.nested("allowed_updates") is not None:
        world.updates.allowed = tuple(str(one) for one in params.items("allowed_updates"))


def _drop_if_asked(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.clear()
