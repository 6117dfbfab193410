# sendready for a council's own platform: one image for the web server, the background worker and the timetable.
# Nothing secret is built in; every setting comes from the environment (docker-compose.yml names them).

# -- Python packages, each checked against its hash
FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/sendready
COPY requirements.txt ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

# -- styles and scripts for the browser
FROM python:3.11-slim-bookworm AS assets
WORKDIR /srv/sendready
COPY package.json package-lock.json .npmrc requirements-assets.txt ./
COPY script/assets script/assets
COPY static static
RUN python script/assets

# -- what runs
FROM python:3.11-slim-bookworm
# hadolint ignore=DL3008 # the packages of a Debian release are pinned by the release
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       fontconfig fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /var/lib/sendready sendready \
    && install -d -o sendready -g sendready -m 0700 /var/lib/sendready
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp \
    SENDREADY_VAR=/var/lib/sendready
WORKDIR /srv/sendready
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /srv/sendready/build/assets build/assets
RUN SENDREADY_SECRET_KEY="only for collecting static files, nothing is signed" SENDREADY_STATIC=manifest \
    python manage.py collectstatic --noinput
USER 10001
VOLUME /var/lib/sendready
EXPOSE 8000
# Any answer below 500 counts: the server is up, whatever it says to a request without the right host name.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-c", \
    "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=8); c.request('GET', '/'); sys.exit(c.getresponse().status >= 500)"]
CMD ["gunicorn", "sendready.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--timeout", "120", \
     "--graceful-timeout", "20", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
