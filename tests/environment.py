"""What every test run starts from; loaded before Django's settings are read."""

import os
import tempfile

os.environ.setdefault("SENDREADY_VAR", tempfile.mkdtemp(prefix="sendready-tests-"))
os.environ.setdefault("SENDREADY_SECRET_KEY", "a key that only the tests use, long enough")
os.environ.setdefault("SENDREADY_STORAGE_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
os.environ.setdefault("SENDREADY_DEMO", "1")
