"""The GraphQL service: one schema, one engine and the door partners and pages come through.

What stands here is the facade: the only names that pages and the local starter may use.
"""

from services.database import DatabaseProblem
from services.graphql.bells import Bells
from services.graphql.contract import contract_of_the_code
from services.graphql.engine import Engine
from services.graphql.exchange import GraphQLRequest, GraphQLResponse, request_id
from services.graphql.files.desk import Files, NotTaken, open_files
from services.graphql.health import Health
from services.graphql.identities.accounts import Accounts, NotSignedIn, PasswordUnusable
from services.graphql.identities.agencies import viewer_of_agency
from services.graphql.identities.credentials import hash_of, new_token
from services.graphql.identities.first_administrator import (
    CannotMakeAdministrator,
    FirstAdministrator,
    make_first_administrator,
)
from services.graphql.identities.passwords import Passwords
from services.graphql.identities.provider import OpenIdProvider
from services.graphql.identities.provider_sign_in import Arrived, NotArrived, ProviderSignIn, Visit
from services.graphql.journal import Journal, journal_for, note, note_viewer, through_the_log
from services.graphql.lifecycle import Lifecycle
from services.graphql.observation import QUIET_PATHS, identifier_of, said_path, traceparent_of
from services.graphql.opening import open_engine
from services.graphql.payload_documents import answer_in_scope
from services.graphql.server import make_server
from services.graphql.viewer import Viewers

__all__ = [
    "QUIET_PATHS",
    "Accounts",
    "Arrived",
    "Bells",
    "CannotMakeAdministrator",
    "DatabaseProblem",
    "Engine",
    "Files",
    "FirstAdministrator",
    "GraphQLRequest",
    "GraphQLResponse",
    "Health",
    "Journal",
    "Lifecycle",
    "NotArrived",
    "NotSignedIn",
    "NotTaken",
    "OpenIdProvider",
    "PasswordUnusable",
    "Passwords",
    "ProviderSignIn",
    "Viewers",
    "Visit",
    "answer_in_scope",
    "contract_of_the_code",
    "hash_of",
    "identifier_of",
    "journal_for",
    "make_first_administrator",
    "make_server",
    "new_token",
    "note",
    "note_viewer",
    "open_engine",
    "open_files",
    "request_id",
    "said_path",
    "through_the_log",
    "traceparent_of",
    "viewer_of_agency",
]
