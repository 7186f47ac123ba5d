"""What people see in the chat: pure functions from a state to a screen."""
