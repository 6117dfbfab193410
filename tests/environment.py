"""What every test run starts from; loaded before Django's settings are read.

`SENDREADY_DATABASE_URL` and `SENDREADY_REDIS_URL` choose the shape: neither set means SQLite and the embedded broker.
No other variable of the person's own reaches a test. Each process of pytest-xdist gets a folder and a Redis database
of its own, so that no queue or file is shared.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

process = os.environ.get("PYTEST_XDIST_WORKER", "")
if process:
    os.environ["SENDREADY_VAR"] = str(Path(os.environ["SENDREADY_VAR"]) / process)
    Path(os.environ["SENDREADY_VAR"]).mkdir()
    if os.environ.get("SENDREADY_REDIS_URL"):
        address, _, number = os.environ["SENDREADY_REDIS_URL"].rpartition("/")
        os.environ["SENDREADY_REDIS_URL"] = f"{address}/{int(number) + 1 + int(process.removeprefix('gw'))}"
else:
    for name in list(os.environ):
        if name.startswith("SENDREADY_") and name not in ("SENDREADY_DATABASE_URL", "SENDREADY_REDIS_URL"):
            del os.environ[name]
    os.environ["SENDREADY_VAR"] = tempfile.mkdtemp(prefix="sendready-tests-")
    os.environ["SENDREADY_SECRET_KEY"] = "a key that only the tests use, long enough"
    os.environ["SENDREADY_STORAGE_KEY"] = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    os.environ["SENDREADY_DEMO"] = "1"
    os.environ["SENDREADY_STATIC"] = "plain"
    atexit.register(shutil.rmtree, os.environ["SENDREADY_VAR"], ignore_errors=True)
