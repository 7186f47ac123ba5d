"""What a person on the page can do: action name -> function of the phone and the request's body."""

from collections.abc import Awaitable, Callable

from bot.sandbox.phone import Phone
from bot.sandbox.store import Json

Action = Callable[[Phone, Json], Awaitable[object]]


async def _start(phone: Phone, body: Json) -> Json:
    return await phone.start(str(body.get("payload", "")))


async def _send(phone: Phone, body: Json) -> Json:
    return await phone.send(str(body["text"]))


async def _tap(phone: Phone, body: Json) -> Json:
    return (await phone.tap_data(str(body["data"]), int(body["message_id"]))).document()


async def _location(phone: Phone, body: Json) -> Json:
    return await phone.share_location(float(body["latitude"]), float(body["longitude"]))


async def _block(phone: Phone, _body: Json) -> None:
    await phone.block()


async def _unblock(phone: Phone, _body: Json) -> None:
    await phone.unblock()


ACTIONS: dict[str, Action] = {
    "start": _start,
    "send": _send,
    "tap": _tap,
    "location": _location,
    "block": _block,
    "unblock": _unblock,
}
