"""A local Telegram: Bot API server, people with phones, and a chat page to play them all."""
