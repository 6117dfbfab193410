"""What script/demo, script/serve and script/test share. Only the standard library: it runs before `.venv` exists."""
