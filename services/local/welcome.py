"""What a person reads when everything runs: where it is, what to paste, how to get in."""

from __future__ import annotations

import json
import shlex
from typing import Any, Final

QUERY: Final = """{
  clusterBySlug(slug: "lorestan-gelim-jajim-mashteh") {
    nameFa
    province { nameFa }
    currentPhases { code status }
  }
}"""


def welcome(demo: dict[str, Any], seconds: float) -> str:
    """Write the welcome."""
    lines = [f"\nKhoosheh runs (ready after {seconds:.1f} s).\n", f"  GraphQL   {demo['graphql']}"]
    if demo["admin"]:
        lines.append(f"  Admin     {demo['admin']}")
    lines += [
        f"  Database  {_without_password(demo['database'])}",
        "\nA query to paste:\n",
        _command(demo),
        "",
    ]
    if demo["users"]:
        lines.append("Sign in to the admin as:\n")
        width = max(len(user["email"]) for user in demo["users"])
        lines += [
            f"  {user['email']:<{width}}  {user['password']}   ({user['role']})" for user in demo["users"]
        ]
        lines.append("")
    if demo["tokens"]:
        lines.append("Tokens for programs:\n")
        lines += [f"  {token['token']}   ({token['role']})" for token in demo["tokens"]]
        lines.append("")
    lines.append("The same is in var/demo.json for scripts. Ctrl-C stops everything.\n")
    return "\n".join(lines)


def _command(demo: dict[str, Any]) -> str:
    """Write the query as one command for the shell."""
    token = f" \\\n    -H 'Authorization: Bearer {demo['tokens'][0]['token']}'" if demo["tokens"] else ""
    body = json.dumps({"query": " ".join(QUERY.split())})
    json_type = "-H 'Content-Type: application/json'"
    return f"  curl -s {demo['graphql']} {json_type}{token} \\\n    -d {shlex.quote(body)}"


def _without_password(address: str) -> str:
    scheme, _, rest = address.partition("://")
    user, at, place = rest.rpartition("@")
    return f"{scheme}://{user.partition(':')[0]}{at}{place}"
