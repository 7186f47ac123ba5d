"""The tables of a practice file: their keys, what each may hold, and in words what is expected."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf

from core.domain.availability import Window, parse_window
from core.domain.zones import zone_names
from core.kit.mail_address import is_mail_address
from core.kit.translations import LANGUAGES

LINE = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"


def _one_of(known: Callable[[], Collection[str]]) -> AfterValidator:
    def check(text: str) -> str:
        if text not in known():
            raise ValueError
        return text

    return AfterValidator(check)


def _mail(text: str) -> str:
    if not is_mail_address(text):
        raise ValueError
    return text


def _window(value: object) -> Window:
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - pydantic turns ValueError alone into a line
    return parse_window(value)


Zone = Annotated[str, _one_of(zone_names)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
Windows = list[Annotated[InstanceOf[Window], BeforeValidator(_window)]]
Confirmations = Literal["instant", "request"]

SLUG = "a short name of a-z, 0-9 and -, at most 40 characters"
NAME = "a text on one line, at most 100 characters"
ZONE = "an IANA zone such as Europe/Berlin"
LIST = "a list of "  # what stands before the wording for one of its entries
HOURS = f"{LIST}hours such as 09:00-17:00"
SLUGS = f"{LIST}slugs as these have them"
BUFFER = "a whole number of minutes from 0 to 240"
NOTICE = "a whole number of hours from 0 to 720"
INTERVAL = "a whole number of minutes from 5 to 480"
CURRENCY = "an ISO 4217 code such as EUR"
CONFIRMATION = '"instant" or "request"'


class Table(BaseModel):
    """A table of the file: no other keys, no other types; `description` says what each key expects."""

    model_config = ConfigDict(strict=True, extra="forbid", str_strip_whitespace=True, frozen=True)


class PracticeTable(Table):
    """`[practice]`."""

    name: str = Field(pattern=LINE, max_length=100, description=NAME)
    timezone: Zone = Field(description=ZONE)
    locale: Annotated[str, _one_of(lambda: LANGUAGES)] = Field(
        "en", description=f"one of {', '.join(LANGUAGES)}"
    )


class WeeklyTable(Table):
    """`weekly` of a counselor: the windows that start on each day of the week."""

    mon: Windows = Field([], description=HOURS)
    tue: Windows = Field([], description=HOURS)
    wed: Windows = Field([], description=HOURS)
    thu: Windows = Field([], description=HOURS)
    fri: Windows = Field([], description=HOURS)
    sat: Windows = Field([], description=HOURS)
    sun: Windows = Field([], description=HOURS)


class OverrideTable(Table):
    """One entry of `override`: other hours on one date, or none."""

    day: date = Field(alias="date", description="a date such as 2026-12-24")
    windows: Windows = Field(description=HOURS)


class OutOfOfficeTable(Table):
    """One entry of `out_of_office`: days off, both included."""

    first: date = Field(alias="from", description="a date such as 2027-01-02")
    last: date = Field(alias="to", description="a date such as 2027-01-10")


class CounselorTable(Table):
    """`[[counselor]]`."""

    slug: Slug = Field(description=SLUG)
    name: str = Field(pattern=LINE, max_length=100, description=NAME)
    telegram_id: int | None = Field(None, ge=1, lt=2**52, description="a Telegram id (a whole number)")
    email: Annotated[str, AfterValidator(_mail)] | None = Field(
        None, description="an e-mail address such as ann@example.org"
    )
    bio: str = Field("", max_length=1000, description="a text of at most 1000 characters")
    active: bool = Field(default=True, description="true or false")
    timezone: Zone | None = Field(None, description=ZONE)
    confirmation: Confirmations = Field("request", description=CONFIRMATION)
    buffer_minutes: int = Field(15, ge=0, le=240, description=BUFFER)
    notice_hours: int = Field(2, ge=0, le=720, description=NOTICE)
    window_days: int = Field(60, ge=1, le=365, description="a whole number of days from 1 to 365")
    slot_interval_minutes: int = Field(30, ge=5, le=480, description=INTERVAL)
    daily_limit: int | None = Field(None, ge=1, le=100, description="a whole number from 1 to 100")
    weekly: WeeklyTable = Field(
        WeeklyTable(), description='days with hours such as { mon = ["09:00-17:00"] }'
    )
    override: list[OverrideTable] = Field(
        [], description="a list such as [{ date = 2026-12-24, windows = [] }]"
    )
    out_of_office: list[OutOfOfficeTable] = Field(
        [], description="a list such as [{ from = 2027-01-02, to = 2027-01-10 }]"
    )


class SessionTypeTable(Table):
    """`[[session_type]]`."""

    slug: Slug = Field(description=SLUG)
    title: str = Field(pattern=LINE, max_length=100, description=NAME)
    counselors: list[Slug] = Field(min_length=1, description=SLUGS)
    durations: list[Annotated[int, Field(ge=5, le=480)]] = Field(
        min_length=1, description=f"{LIST}whole minutes from 5 to 480"
    )
    locations: list[Literal["video", "audio", "chat", "in_person"]] = Field(
        ["video"], min_length=1, description=f"{LIST}video, audio, chat or in_person"
    )
    address: str = Field("", max_length=300, description="a text of at most 300 characters")
    confirmation: Confirmations | None = Field(None, description=CONFIRMATION)
    buffer_minutes: int | None = Field(None, ge=0, le=240, description=BUFFER)
    notice_hours: int | None = Field(None, ge=0, le=720, description=NOTICE)
    slot_interval_minutes: int | None = Field(None, ge=5, le=480, description=INTERVAL)
    price: str = Field("0", description='an amount in quotes such as "60.00"')
    currency: str | None = Field(None, description=CURRENCY)


class ProgramTable(Table):
    """`[[program]]`."""

    slug: Slug = Field(description=SLUG)
    title: str = Field(pattern=LINE, max_length=100, description=NAME)
    sessions: int = Field(ge=1, le=1000, description="a whole number from 1 to 1000")
    counselors: list[Slug] = Field(min_length=1, description=SLUGS)
    session_types: list[Slug] = Field(min_length=1, description=SLUGS)
    enrollment_code: str | None = Field(
        None, pattern=r"^[A-Za-z0-9_-]{1,40}$", description="1 to 40 of A-Z, a-z, 0-9, _ and -"
    )


class PracticeToml(Table):
    """The whole file."""

    practice: PracticeTable = Field(description="a table [practice]")
    policy: dict[str, Any] = Field({}, description="a table [policy]")
    counselor: list[CounselorTable] = Field([], description="tables [[counselor]]")
    session_type: list[SessionTypeTable] = Field([], description="tables [[session_type]]")
    program: list[ProgramTable] = Field([], description="tables [[program]]")
