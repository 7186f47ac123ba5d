"""A stand-in for a LiveKit server's API, which lets in whom the vendor's own library lets in."""

from datetime import timedelta

from aiohttp import web
from livekit.api import TokenVerifier

from tests.servers.vendor import Vendor

KEY, SECRET = "APIconfertest", "livekit-secret-of-at-least-32-characters"


class LiveKitServer(Vendor):
    """`rooms` are those that there are; its clock may be `leeway` away from ours."""

    def __init__(self, leeway: timedelta = timedelta(minutes=1)) -> None:
        super().__init__()
        self._verifier = TokenVerifier(KEY, SECRET, leeway=leeway)
        self.rooms: set[str] = set()

    def routes(self) -> list[web.RouteDef]:
        """The part of the API that we use."""
        return [web.post("/twirp/livekit.RoomService/{method}", self._call)]

    async def _call(self, request: web.Request) -> web.Response:
        method, arguments = request.match_info["method"], await request.json()
        token = request.headers["Authorization"].removeprefix("Bearer ")
        try:
            video = self._verifier.verify(token).video
        except Exception:  # noqa: BLE001 - the library raises many kinds
            return web.json_response({"code": "unauthenticated", "msg": "invalid token"}, status=401)
        assert video is not None
        if not (video.room_list if method == "ListRooms" else video.room_create):
            return web.json_response({"code": "permission_denied", "msg": "permissions denied"}, status=403)
        if method == "CreateRoom":
            self.rooms.add(arguments["name"])
            return web.json_response({"name": arguments["name"], "sid": "RM_x"})
        if method == "DeleteRoom":
            if arguments["room"] not in self.rooms:
                return web.json_response({"code": "not_found", "msg": "no room"}, status=404)
            self.rooms.discard(arguments["room"])
            return web.json_response({})
        return web.json_response({"rooms": [{"name": name} for name in sorted(self.rooms)]})
