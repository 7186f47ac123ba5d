"""Settings, language, logs, metrics and sealed links; knows nothing of booking."""
