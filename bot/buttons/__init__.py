"""The data of every button, by feature; `bot.callbacks` knows them all."""
