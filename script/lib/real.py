"""A real area: the same code, its own folder, no demonstration content."""

from lib import machine, supervisor
from lib.installation import Installation
from lib.setup import set_up
from lib.words import say


def serve(port: int) -> int:
    set_up("requirements.txt", machine.FOR_SERVING)
    supervisor.check_port(port)
    installation = Installation("real", is_demo=False, url=f"http://localhost:{port}")
    installation.prepare()
    installation.lock()
    installation.bring_up_to_date()

    def welcome() -> None:
        say(f"\nsendready serves your area at http://localhost:{port} (Ctrl-C stops it).\n")
        installation.show("first_run_link")
        say("\nIts data is in var/real. Keep a copy of var/real/environment in a safe place, apart from the data:")
        say("without its keys the files that name children cannot be read again.")

    parts = [supervisor.web(installation, port), supervisor.worker(installation)]
    supervisor.supervise(parts, port=port, when_ready=welcome)
    return 0
