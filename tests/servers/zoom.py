"""A stand-in for Zoom: tokens for a server-to-server app, and the meetings of its users.

Shapes and codes as https://developers.zoom.us/docs/api/meetings/ has them.
"""

import base64
from typing import Any

from aiohttp import web

from tests.servers.vendor import Vendor

ACCOUNT, CLIENT_ID, CLIENT_SECRET = "account-1", "client-1", "zoom-client-secret"
PAGE = 2
"""Meetings a page, however many are asked for, so that paging takes place."""


class ZoomServer(Vendor):
    """`meetings` by id, as Zoom keeps them; `tokens` are all that it has given, the last of which is good.

    `ghosts` are gone and still listed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.meetings: dict[int, dict[str, Any]] = {}
        self.ghosts: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self.users = {"me", "ben@example.org"}

    def routes(self) -> list[web.RouteDef]:
        """The part of the API that we use."""
        return [
            web.post("/oauth/token", self._token),
            web.get("/v2/users/{user}/meetings", self._list),
            web.post("/v2/users/{user}/meetings", self._create),
            web.get("/v2/meetings/{id}", self._get),
            web.patch("/v2/meetings/{id}", self._change),
            web.delete("/v2/meetings/{id}", self._delete),
        ]

    def withdraw(self) -> None:
        """Let the last token be good no more."""
        self.tokens.append("withdrawn")

    async def _token(self, request: web.Request) -> web.Response:
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {basic}":
            return web.json_response({"reason": "Invalid client_id or client_secret"}, status=400)
        form = await request.post()
        if (form.get("grant_type"), form.get("account_id")) != ("account_credentials", ACCOUNT):
            return web.json_response({"reason": "Bad Request", "error": "invalid_request"}, status=400)
        self.tokens.append(f"token-{len(self.tokens)}")
        return web.json_response(
            {"access_token": self.tokens[-1], "token_type": "bearer", "expires_in": 3600}
        )

    def _user(self, request: web.Request) -> str:
        if not self.tokens or request.headers.get("Authorization") != f"Bearer {self.tokens[-1]}":
            raise web.HTTPUnauthorized(text='{"code":124,"message":"Invalid access token."}')
        user = request.match_info.get("user", "me")
        if user not in self.users:
            raise web.HTTPNotFound(text='{"code":1001,"message":"User does not exist."}')
        return user

    async def _list(self, request: web.Request) -> web.Response:
        user = self._user(request)
        assert request.query["type"] == "upcoming"
        first = int(request.query.get("next_page_token") or 0)
        every = [each for each in [*self.ghosts, *self.meetings.values()] if each["user"] == user]
        more = str(first + PAGE) if len(every) > first + PAGE else ""
        return web.json_response({"next_page_token": more, "meetings": every[first : first + PAGE]})

    async def _create(self, request: web.Request) -> web.Response:
        user = self._user(request)
        number = 81_000_000_000 + len(self.meetings) + len(self.ghosts)
        wanted = await request.json()
        self.meetings[number] = {
            **wanted,
            "id": number,
            "user": user,
            "join_url": f"https://zoom.example/j/{number}?pwd=x",
            "start_url": f"https://zoom.example/s/{number}?zak=host",
        }
        return web.json_response(self.meetings[number], status=201)

    def _meeting(self, request: web.Request) -> dict[str, Any]:
        self._user(request)
        found = self.meetings.get(int(request.match_info["id"]))
        if found is None:
            raise web.HTTPNotFound(text='{"code":3001,"message":"Meeting does not exist."}')
        return found

    async def _get(self, request: web.Request) -> web.Response:
        return web.json_response(self._meeting(request))

    async def _change(self, request: web.Request) -> web.Response:
        self._meeting(request).update(await request.json())
        return web.Response(status=204)

    async def _delete(self, request: web.Request) -> web.Response:
        del self.meetings[self._meeting(request)["id"]]
        return web.Response(status=204)
