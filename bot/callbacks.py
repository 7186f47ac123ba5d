"""Every button of the chat in one place: whoever unpacks from here knows all routes."""

# ruff: noqa: F403, PLC0414 - handed on from the files of the features

from bot.buttons.admin import *
from bot.buttons.book_for import *
from bot.buttons.bookings import *
from bot.buttons.cancellation import *
from bot.buttons.explain import *
from bot.buttons.home import *
from bot.buttons.meeting import *
from bot.buttons.no_show import *
from bot.buttons.note import *
from bot.buttons.out_of_office import *
from bot.buttons.programs import *
from bot.buttons.request import *
from bot.buttons.reschedule import *
from bot.buttons.review import *
from bot.buttons.running import *
from bot.buttons.schedule import *
from bot.buttons.series import *
from bot.buttons.settings import *
from bot.buttons.waitlist import *
from bot.buttons.wizard import *
from bot.callback_codec import BadCallback as BadCallback
from bot.callback_codec import Callback as Callback
from bot.callback_codec import pack as pack
from bot.callback_codec import unpack as unpack
