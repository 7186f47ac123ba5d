"""Stars, comments and answers."""

from bot.callback_codec import Callback, route


@route("vs")
class ShowReview(Callback):
    """The review of a session, as the viewer's side sees it."""

    booking_id: int


@route("vr")
class Rate(Callback):
    """Give a session so many stars."""

    booking_id: int
    stars: int


@route("vc")
class AskComment(Callback):
    """Wait for the words to the stars."""

    booking_id: int


@route("vx")
class ClearComment(Callback):
    """No words to the stars."""

    booking_id: int


@route("va")
class AskReviewAnswer(Callback):
    """Wait for the counselor's answer to the review as it was at this version."""

    booking_id: int
    version: int
