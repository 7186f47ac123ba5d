"""What the commands of `confer` do, one module a command."""
