"""The practice as it is set up: everything that changes rarely, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.booking import REQUEST_NOTICE
from core.domain.counselor import Confirmation, Counselor
from core.domain.errors import NotFound
from core.domain.policy import Policy
from core.domain.program import Program
from core.domain.session_type import SessionType


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Counselors, session types, programs and policies at one `revision`, by id."""

    revision: int = 0
    name: str = "Confer"
    zone: str = "UTC"
    locale: str = "en"
    policy: Policy = field(default_factory=Policy)
    counselors: Mapping[int, Counselor] = field(default_factory=dict)
    session_types: Mapping[int, SessionType] = field(default_factory=dict)
    programs: Mapping[int, Program] = field(default_factory=dict)

    def counselor(self, counselor_id: int) -> Counselor:
        """The counselor with this id; NotFound `counselor_not_found`."""
        if counselor_id not in self.counselors:
            raise NotFound("counselor_not_found")
        return self.counselors[counselor_id]

    def session_type(self, session_type_id: int) -> SessionType:
        """The session type with this id; NotFound `session_type_not_found`."""
        if session_type_id not in self.session_types:
            raise NotFound("session_type_not_found")
        return self.session_types[session_type_id]

    def program(self, program_id: int) -> Program:
        """The program with this id; NotFound `program_not_found`."""
        if program_id not in self.programs:
            raise NotFound("program_not_found")
        return self.programs[program_id]

    def bookable_counselors(self) -> list[Counselor]:
        """Active counselors who offer something, by name."""
        return [each for each in self.offering_counselors() if each.active]

    def offering_counselors(self) -> list[Counselor]:
        """The same with those who are not active at present."""
        offering = {
            each for kind in self.session_types.values() if kind.active for each in kind.counselor_ids
        }
        chosen = [each for each in self.counselors.values() if each.id in offering]
        return sorted(chosen, key=lambda each: (each.name.casefold(), each.id))

    def offered_by(self, counselor_id: int) -> list[SessionType]:
        """The active session types of a counselor, in the order they were set up."""
        kinds = [each for each in self.session_types.values() if each.active]
        return sorted(
            (each for each in kinds if counselor_id in each.counselor_ids), key=lambda each: each.id
        )

    def counselor_of_person(self, person_id: int) -> Counselor | None:
        """The counselor that this person is, if any."""
        return next((each for each in self.counselors.values() if each.person_id == person_id), None)


def notice_seconds(counselor: Counselor, kind: SessionType) -> int:
    """The minimum notice of a session type with a counselor, never under an hour in request mode."""
    hours = counselor.notice_hours if kind.notice_hours is None else kind.notice_hours
    least = REQUEST_NOTICE if kind.confirmation_with(counselor) is Confirmation.REQUEST else None
    return max(hours * 3600, int(least.total_seconds()) if least else 0)
