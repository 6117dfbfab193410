"""The demonstration: the worked example with synthetic children, always on the embedded database and broker."""

from lib import machine, supervisor
from lib.installation import Installation
from lib.setup import set_up
from lib.words import ROOT, say

AREA = "fixtures/areas/southampton"


def serve(port: int) -> int:
    set_up("requirements.txt", machine.FOR_SERVING)
    supervisor.check_port(port)
    installation = Installation("demo", is_demo=True, url=f"http://localhost:{port}")
    installation.prepare()
    installation.lock()
    _load(installation)

    def welcome() -> None:
        say(f"\nsendready serves the demonstration at http://localhost:{port} (Ctrl-C stops it).\n")
        installation.show("demo_people")
        say("\nEvery child in it is invented. Nothing but synthetic rows can be stored here.")

    parts = [supervisor.web(installation, port), supervisor.worker(installation)]
    supervisor.supervise(parts, port=port, when_ready=welcome)
    return 0


def check() -> int:
    """Proves the whole path in a folder of its own: the pack that it leaves there is the evidence."""
    set_up("requirements.txt", machine.FOR_SERVING)
    Installation("demo", is_demo=True).prepare()
    installation = Installation("check", is_demo=True)
    installation.prepare()
    installation.lock()
    installation.empty()
    installation.prepare()
    _load(installation)
    worker = supervisor.worker(installation)
    try:
        worker.start()
        say("The background worker has been started; ordering one pack.")
        code = installation.show("prove_pack", "--out", str(installation.folder / "pack"))
    finally:
        supervisor.stop_all([worker])
    if code:
        say(f"The worker's log is {worker.log.relative_to(ROOT)}.")
    return code


def _load(installation: Installation) -> None:
    installation.bring_up_to_date()
    installation.manage("load_area", AREA, sentence="Loading the demonstration area")
