"""From a tap or a text to one use case and the screen that shows its outcome."""
