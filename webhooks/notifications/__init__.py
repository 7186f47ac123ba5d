"""E-mails: their words, their form, and the way to the mail server."""
