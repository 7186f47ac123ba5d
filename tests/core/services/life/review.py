"""Rules of reviews."""

from hypothesis import strategies as st

from core.domain.actions import CLOSED, Action, Party
from core.domain.booking import Status
from tests.core.services.life.acts import act, begun, reviewed
from tests.core.services.life.known import Review, Session
from tests.core.services.life.machine import PICK, RARELY, WORDS
from tests.core.services.life.refusals import refused
from tests.core.services.life.running import RunningRules


class ReviewRules(RunningRules):
    """Stars, words, the counselor's answer, hiding and showing again."""

    @act(5, when=begun, pick=PICK, whose=PICK, stars=st.integers(0, 5))
    def rate(self, pick: int, whose: int, stars: int) -> None:
        session = self.some(pick, lambda each: each.status is Status.COMPLETED)
        assert session is not None
        who = self.who_may(session, whose, Action.REVIEW)
        code = refused(Action.REVIEW, self.model, session, who) or (None if stars else "bad_stars")
        work = self.core.reviews.rate(self.actor(who), session.id, stars)
        if self.attempt("rate", work, code) is None:
            return
        if session.review is None:
            session.review = Review(stars, self.model.now)
            session.done("review.written", who)
        elif session.review.stars != stars:
            session.review.stars, session.review.version = stars, session.review.version + 1
            session.noted("review.changed", who)

    @act(2, when=reviewed, pick=PICK, whose=PICK, words=WORDS)
    def comment(self, pick: int, whose: int, words: str) -> None:
        session = self._reviewed(pick)
        who, review = self.who_may(session, whose, Action.REVIEW), session.review
        code = refused(Action.REVIEW, self.model, session, who)
        code = code or (None if review else "review_not_found")
        self.attempt("comment", self.core.reviews.comment(self.actor(who), session.id, words), code)
        if code is None and review is not None and review.comment != words:
            review.comment, review.version = words, review.version + 1
            session.noted("review.changed", who)

    @act(2, when=reviewed, pick=PICK, whose=PICK, words=WORDS, behind=RARELY)
    def answer_review(self, pick: int, whose: int, words: str, behind: bool) -> None:
        session = self._reviewed(pick)
        who, review = self.who_may(session, whose, Action.ANSWER_REVIEW), session.review
        counselor = self.model.party(session, who) is Party.COUNSELOR
        again = (
            counselor and session.status in CLOSED and review is not None and words and review.answer == words
        )
        code = refused(Action.ANSWER_REVIEW, self.model, session, who)
        code = code or ("stale" if behind else None) or (None if words else "empty")
        version = (review.version if review else 1) - behind
        work = self.core.reviews.answer(self.actor(who), session.id, version, words)
        if self.attempt("answer review", work, None if again else code) is None or again:
            return
        assert review is not None
        review.answer, review.version = words, review.version + 1
        session.done("review.answered", who)

    @act(2, when=reviewed, pick=PICK, reason=WORDS, hide=st.booleans(), stranger=RARELY, behind=RARELY)
    def moderate(self, pick: int, reason: str, hide: bool, stranger: bool, behind: bool) -> None:
        session = self._reviewed(pick)
        who, review = "emil" if stranger else "ada", session.review
        version = (review.version if review else 1) - behind
        again = hide and review is not None and bool(reason) and review.hidden == reason
        code = self._immovable(session, hide=hide, behind=behind)
        code = "not_yours" if stranger else code
        code = "empty" if hide and not reason else code
        reviews = self.core.reviews
        if hide:
            work = reviews.hide(self.actor(who), session.id, version, reason)
        else:
            work = reviews.show(self.actor(who), session.id, version)
        again = again and not stranger
        if self.attempt("hide" if hide else "show", work, None if again else code) is None or again:
            return
        assert review is not None
        review.hidden, review.version = reason if hide else "", review.version + 1
        session.noted("review.hidden" if hide else "review.shown", who)

    def _immovable(self, session: Session, *, hide: bool, behind: bool) -> str | None:
        if session.status not in CLOSED or session.review is None:
            return "review_not_found"
        if bool(session.review.hidden) is hide:
            return "review_hidden" if hide else "review_shown"
        return "stale" if behind else None

    def _reviewed(self, pick: int) -> Session:
        found = self.some(pick, lambda each: each.review is not None)
        assert found is not None
        return found
