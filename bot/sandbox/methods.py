"""The methods of the Bot API this server knows: lower-case name -> function."""

from bot.sandbox import commands, editing, files, profile, sending, taps
from bot.sandbox.polling import Polling
from bot.sandbox.profile import Method
from bot.sandbox.webhook import Webhook


def method_table(polling: Polling, webhook: Webhook) -> dict[str, Method]:
    """All methods; names are matched without regard to case, as on the real server."""
    return {
        "getme": profile.get_me,
        "getupdates": polling.get_updates,
        "setwebhook": webhook.set_webhook,
        "deletewebhook": webhook.delete_webhook,
        "getwebhookinfo": webhook.get_webhook_info,
        "sendmessage": sending.send_message,
        "senddocument": sending.send_document,
        "sendphoto": sending.send_photo,
        "sendchataction": sending.send_chat_action,
        "editmessagetext": editing.edit_message_text,
        "editmessagecaption": editing.edit_message_caption,
        "editmessagemedia": editing.edit_message_media,
        "editmessagereplymarkup": editing.edit_message_reply_markup,
        "deletemessage": editing.delete_message,
        "deletemessages": editing.delete_messages,
        "answercallbackquery": taps.answer_callback_query,
        "getfile": files.get_file,
        "getchat": profile.get_chat,
        "setmycommands": commands.set_my_commands,
        "getmycommands": commands.get_my_commands,
        "deletemycommands": commands.delete_my_commands,
        "setmyname": profile.setter("name"),
        "getmyname": profile.getter("name"),
        "setmydescription": profile.setter("description"),
        "getmydescription": profile.getter("description"),
        "setmyshortdescription": profile.setter("short_description"),
        "getmyshortdescription": profile.getter("short_description"),
        "setchatmenubutton": profile.set_chat_menu_button,
        "getchatmenubutton": profile.get_chat_menu_button,
    }
