"""Every environment variable the services understand, typed and documented in one place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# Empty for "without": no script, no font, no page, no check of what is loaded.
MEANT_EMPTY: Final = frozenset(
    {"htmx_url", "htmx_integrity", "font_url", "font_integrity", "graphiql_source"}
)


class SettingsInvalid(Exception):
    """A variable has a value that cannot be used; the message names it and says what would be accepted."""


class Settings(BaseSettings):
    """What an installation may decide.

    A name here in capitals is the environment variable: `database_url` is `DATABASE_URL`.
    A file of that lower-case name in the folder `SECRETS_DIR` serves as well; the environment wins.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", case_sensitive=False)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, given: Any) -> Any:  # noqa: ANN401 - whatever pydantic collected
        """Take an empty variable for one that is not set, except where empty says something."""
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value != "" or name in MEANT_EMPTY}

    # The database.
    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL 16 to 18, postgresql://user:password@host:port/database.",
    )
    database_direct_url: SecretStr | None = Field(
        default=None,
        description="The same database past a pooler, for LISTEN; unset where DATABASE_URL names PostgreSQL itself.",
    )
    database_pool_min: int = Field(default=2, ge=0, le=1000, description="Connections kept open.")
    database_pool_max: int = Field(default=10, ge=1, le=1000, description="Connections at most.")
    database_statement_cache: int = Field(
        default=512,
        ge=0,
        description="Prepared statements kept per connection; 0 behind a pooler that cannot keep them.",
    )
    database_connect_timeout: float = Field(default=10.0, gt=0, description="Seconds to wait for the server.")
    database_statement_timeout: float = Field(
        default=10.0, ge=0, description="Seconds after which PostgreSQL cancels a statement; 0 for never."
    )
    slow_statement_seconds: float = Field(
        default=0.5,
        ge=0,
        description="Seconds from which on a read is told of in the log, with its document's hash.",
    )

    # What one request may ask.
    page_limit: int = Field(default=100, ge=1, le=10_000, description="Nodes on one page at most.")
    cost_limit: int = Field(
        default=20_000, ge=1, description="Cost of one document at most; docs/partners.md gives the formula."
    )

    rate_cost_per_minute: int = Field(
        default=1_000_000,
        ge=0,
        description="Cost an account may spend per minute and process; 0 for no limit.",
    )

    trusted_origins: str = Field(
        default="",
        description="Other origins whose pages may send requests with a user's cookie, as https://pages.example,"
        " by commas.",
    )

    # The addresses the processes listen on; loopback unless an installation opens them.
    graphql_host: str = Field(default="127.0.0.1", description="Address of the GraphQL API.")
    graphql_port: int = Field(default=8000, ge=0, le=65535, description="Port of the GraphQL API.")
    web_host: str = Field(default="127.0.0.1", description="Address of the admin.")
    web_port: int = Field(default=8001, ge=0, le=65535, description="Port of the admin.")
    notifications_host: str = Field(
        default="127.0.0.1", description="Address of the worker's operations port."
    )
    notifications_port: int = Field(default=8002, ge=0, le=65535, description="The worker's operations port.")
    bounce_host: str = Field(
        default="127.0.0.1", description="Address of the worker's port for letters that come back."
    )
    bounce_port: int = Field(
        default=8025, ge=0, le=65535, description="The worker's port (SMTP) for letters that come back."
    )

    # How notifications are delivered.
    encryption_keys: SecretStr | None = Field(
        default=None,
        description="Texts of 32 characters or more that seal secrets at rest, the newest first, by commas.",
    )
    webhook_inside_allowed: bool = Field(
        default=False,
        description="Post webhooks over plain HTTP and to addresses inside; for development only.",
    )
    webhook_timeout: float = Field(default=10.0, gt=0, le=60, description="Seconds an endpoint may take.")
    webhook_attempts: int = Field(default=12, ge=1, le=50, description="Attempts before giving up.")
    webhook_first_retry: float = Field(
        default=5.0,
        gt=0,
        description="Seconds before the second attempt; each further wait is four times longer.",
    )
    webhook_pause_after: float = Field(
        default=259_200.0,
        gt=0,
        description="Seconds of nothing but failures after which an endpoint is paused.",
    )
    webhook_concurrency: int = Field(default=32, ge=1, le=1000, description="Posts under way per worker.")
    delivery_lease: float = Field(
        default=60.0,
        ge=1,
        description="Seconds after which the work of a silent worker is taken up by others.",
    )
    notifications_poll: float = Field(
        default=1.0, gt=0, description="Seconds between looks for work nobody announced."
    )
    schedule_interval: float = Field(
        default=60.0, gt=0, description="Seconds between looks at the calendar for what has come due."
    )

    # How people sign in.
    password_sign_in: bool = Field(
        default=True,
        description="Whether people sign in with passwords; false leaves the OpenID provider only.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="Issuer of the OpenID provider people sign in with, exactly as it names itself; unset for none.",
    )
    oidc_client_id: str | None = Field(default=None, description="What the provider calls this installation.")
    oidc_client_secret: SecretStr | None = Field(
        default=None,
        description="The secret the provider gave with it; unset for a public client (PKCE alone).",
    )
    oidc_name: str = Field(
        default="OpenID", description="What people call the provider, on the sign-in page."
    )
    oidc_scopes: str = Field(default="openid email profile", description="What is asked of the provider.")
    oidc_domains: str = Field(
        default="",
        description="Domains whose proved addresses are let in as province viewers without a province yet, by commas;"
        " empty for known users only.",
    )

    # Where documents lie.
    documents_folder: str = Field(
        default="var/documents", description="Folder of attached files, while there is no bucket."
    )
    documents_bucket: str = Field(
        default="",
        description="Bucket of attached files, of any service that speaks S3; empty for the folder.",
    )
    documents_endpoint: str = Field(
        default="", description="Address of that service, as https://storage.example; empty for Amazon's."
    )
    documents_prefix: str = Field(
        default="",
        pattern=r"^[a-z0-9-]*$",
        description="Folder within the bucket; each installation that shares a bucket needs one of its own.",
    )
    documents_region: str = Field(default="us-east-1", description="Region of the bucket.")
    documents_access_key: SecretStr | None = Field(default=None, description="Name of the key to the bucket.")
    documents_secret_key: SecretStr | None = Field(default=None, description="The key to the bucket.")
    documents_size_limit: int = Field(
        default=20_000_000, ge=1_000, le=1_000_000_000, description="Bytes of one file at most."
    )
    documents_waiting_hours: float = Field(
        default=24.0, gt=0, description="Hours a file may wait to be attached before it is swept away."
    )

    # How people are written to.
    admin_url: str = Field(
        default="http://127.0.0.1:8001",
        description="Address of the admin as people reach it; letters and calendars lead there.",
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="The mail server, as smtp+starttls://user:password@mail.example:587, or smtps://…, smtp://….",
    )
    mail_from: str = Field(
        default="Khoosheh <khoosheh@localhost>", description="Who letters come from, as `Name <address>`."
    )
    bounce_domain: str | None = Field(
        default=None,
        description="Domain of its own whose mail is led to the worker's BOUNCE_PORT, so that letters that come back"
        " are seen; unset: they go to MAIL_FROM.",
    )
    mail_outbox: str | None = Field(
        default=None, description="Folder that letters are written to while there is no mail server."
    )
    sms_url: SecretStr | None = Field(
        default=None,
        description="The gateway of text messages in the notation of Apprise, {to} for the number.",
    )
    sms_per_minute: int = Field(default=60, ge=1, description="Text messages per minute and worker at most.")
    sms_length: int = Field(
        default=201, ge=70, le=1000, description="Characters of a text message; Persian takes 67 a part."
    )
    messenger_hosts: str = Field(
        default="", description="Hosts of messengers an organisation runs itself that are trusted, by commas."
    )
    messenger_per_minute: int = Field(
        default=120, ge=1, description="Messages to messengers per minute and worker at most."
    )
    messenger_length: int = Field(
        default=2000, ge=100, le=4000, description="Characters of a message to a messenger."
    )
    weekend: str = Field(
        default="THURSDAY,FRIDAY", description="Days on which reminders are held back, by commas."
    )
    holidays: str = Field(
        default="",
        description="Holidays besides the fixed ones of the Jalali calendar, as 1405-03-06, by commas.",
    )
    mail_timeout: float = Field(default=30.0, gt=0, le=300, description="Seconds a mail server may take.")

    language: Literal["fa", "en"] = Field(
        default="fa", description="Language of the admin for whoever has not chosen one."
    )

    # Where browsers find what the admin does not bring; a closed network serves the same files itself.
    htmx_url: str = Field(
        default="https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js",
        description="Address of htmx; empty for pages as plain HTML.",
    )
    htmx_integrity: str = Field(
        default="sha384-2OatzQy1H+Zd/IIrjr1TcuDGqLXeHhbooAyJY1KdQMKnr4LZ22k31GBLdYKHmVjg",
        description="Subresource integrity of htmx; empty for none.",
    )
    font_url: str = Field(
        default="https://cdn.jsdelivr.net/npm/vazirmatn@33.0.3/Vazirmatn-Variable-font-face.css",
        description="Address of the style sheet of the Vazirmatn font; empty for the fonts of the device.",
    )
    font_integrity: str = Field(
        default="sha384-FvfUyK6wV8chQ8/xHfuKHc+QTPOviYMfHh59nnrWhGjs5agGS9F/ZpM2GnyTny2A",
        description="Subresource integrity of that style sheet; empty for none.",
    )

    graphiql_source: str = Field(
        default="https://cdn.jsdelivr.net/npm",
        description="Folder of npm packages that /graphiql loads from; empty for no such page.",
    )

    # What operators read.
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least important message that is written."
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="json for machines, console for people, auto decides by the terminal."
    )
    otlp_endpoint: str | None = Field(
        default=None, description="Base address of an OpenTelemetry collector (OTLP over HTTP); unset is off."
    )

    @property
    def own_origins(self) -> tuple[str, ...]:
        """The trusted origins, each as browsers write it."""
        given = (origin.strip().rstrip("/").lower() for origin in self.trusted_origins.split(","))
        return tuple(origin for origin in given if origin)

    def trusted_hosts(self) -> frozenset[str]:
        """Return the hosts of messengers that the operator trusts."""
        return frozenset(host.strip().lower() for host in self.messenger_hosts.split(",") if host.strip())

    def require_database_url(self) -> str:
        """Return the database address, or say that it is missing."""
        if self.database_url is None:
            raise SettingsInvalid(
                "DATABASE_URL is not set; give the address of a PostgreSQL 16 to 18 "
                "(postgresql://user:password@host/database), or use `make run`, which brings its own."
            )
        return self.database_url.get_secret_value().strip()


def read_settings(**overrides: object) -> Settings:
    """Read the environment and the mounted secrets, and refuse by name what cannot be used."""
    folder = os.environ.get("SECRETS_DIR")
    if folder and not Path(folder).is_dir():
        raise SettingsInvalid(
            f"SECRETS_DIR names {folder}, which is not a folder; mount the secrets there or unset it."
        )
    try:
        return Settings(_secrets_dir=folder or None, **overrides)  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as error:
        raise SettingsInvalid(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    """Name each variable and what is wrong with it, without showing its value, which may be a secret."""
    problems = (
        f"{str(problem['loc'][0]).upper()}: {problem['msg']}" for problem in error.errors(include_input=False)
    )
    return "Settings that cannot be used: " + "; ".join(problems) + "."
