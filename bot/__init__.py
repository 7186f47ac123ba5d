"""The chat: screens, handlers, Telegram and the axle that builds the program."""
