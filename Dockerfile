FROM python:3.13-slim AS build

WORKDIR /src
COPY requirements/run.txt requirements/build.txt requirements/
RUN python -m venv /opt/luka \
    && /opt/luka/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY luka_bot luka_bot
RUN /opt/build/bin/pip wheel --no-deps --no-index --no-build-isolation --wheel-dir dist . \
    && /opt/luka/bin/pip install --no-deps --no-index dist/*.whl


FROM python:3.13-slim

# A fixed number, so that a volume's owner stays the same from image to image.
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin luka \
    && install --directory --owner luka --group luka --mode 700 /data
COPY --from=build /opt/luka /opt/luka

ENV PATH=/opt/luka/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    WEB_HOST=0.0.0.0
USER luka
WORKDIR /data
VOLUME /data
EXPOSE 5001

# `run` ends by itself on SIGTERM, so no init process stands before it.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["luka-bot", "health"]
ENTRYPOINT ["luka-bot"]
CMD ["run"]
