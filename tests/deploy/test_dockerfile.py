"""The Dockerfile builds one small image from reviewed parts, and lets a closed network say where from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from services.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Stage:
    """One stage: where it starts from and its instructions in order."""

    base: str
    name: str
    instructions: tuple[tuple[str, str], ...]

    def all(self, word: str) -> list[str]:
        return [rest for instruction, rest in self.instructions if instruction == word]


def stages_of(text: str) -> tuple[list[tuple[str, str]], list[Stage]]:
    """Return the arguments before the first stage, and the stages."""
    joined = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    parts = [
        (line.split(None, 1)[0].upper(), line.split(None, 1)[1].strip())
        for line in joined.splitlines()
        if line.strip()
    ]
    starts = [index for index, (word, _) in enumerate(parts) if word == "FROM"]
    stages = []
    for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
        base, _, name = parts[start][1].partition(" AS ")
        stages.append(Stage(base, name, tuple(parts[start + 1 : end])))
    return parts[: starts[0]], stages


def complaints(text: str) -> list[str]:
    """List what a reviewer would refuse."""
    arguments, stages = stages_of(text)
    declared = dict(rest.partition("=")[::2] for word, rest in arguments if word == "ARG")
    names = {stage.name for stage in stages}
    found = [f"{stage.name} {said}" for stage in stages for said in of_a_stage(stage, names)]
    if declared.get("PYTHON_DIGEST", "missing") != "":
        found.append("the digest of the base image must be an argument without a default")
    return [*found, *of_the_image(stages[-1])]


def of_a_stage(stage: Stage, names: set[str]) -> list[str]:
    """List what is wrong with how a stage comes about."""
    installs = [run for run in stage.all("RUN") if "pip install" in run]
    runs = "\n".join(stage.all("RUN"))
    chosen = r"\$\{BASE_REGISTRY\}/\$\{\w+\}@\$\{\w+DIGEST\}"
    secret = re.compile(r"(?i)(password|secret|token|_key)\s*=")
    rules = {
        "does not start from a digest of a registry that can be chosen": (
            stage.base not in names and not re.fullmatch(chosen, stage.base)
        ),
        "installs packages without reviewed hashes": any(
            not {"--require-hashes", "--no-deps", "--only-binary"} <= set(run.split()) for run in installs
        ),
        "installs from a package index that cannot be chosen": any(
            "PACKAGE_INDEX" not in run for run in installs
        ),
        "installs system packages or compiles": re.search(r"\b(apt-get|apk|gcc|make)\b", runs),
        "fetches something nobody reviewed": re.search(r"\b(curl|wget|git clone)\b", runs),
        "uses ADD, which fetches and unpacks; COPY says what it does": stage.all("ADD"),
        "holds a secret": any(secret.search(rest) for _, rest in stage.instructions),
    }
    return [said for said, broken in rules.items() if broken]


def of_the_image(final: Stage) -> list[str]:
    """List what is wrong with the image that runs."""
    labels = " ".join(final.all("LABEL"))
    commands = [*final.all("CMD"), *final.all("ENTRYPOINT")]
    rules = {
        "the image does not run as a numeric user without rights": not re.fullmatch(
            r"[1-9]\d*:[1-9]\d*", (final.all("USER") or [""])[-1]
        ),
        "the last stage changes things that the stages before should have prepared": final.all("RUN"),
        "the command goes through a shell, which swallows SIGTERM": not all(
            command.startswith("[") for command in commands
        ),
        "the image carries no bill of materials": not any("sbom" in copied for copied in final.all("COPY")),
        **{
            f"the label {label} is missing": f"org.opencontainers.image.{label}=" not in labels
            for label in ("title", "version", "revision", "created", "base.digest")
        },
    }
    return [said for said, broken in rules.items() if broken]


@pytest.fixture(scope="module")
def dockerfile(repository: Path) -> str:
    return (repository / "Dockerfile").read_text(encoding="utf-8")


def test_a_reviewer_has_nothing_to_say(dockerfile: str) -> None:
    assert complaints(dockerfile) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            ("@${PYTHON_DIGEST} AS packages", ":3.11-slim AS packages"),
            "packages does not start from a digest",
        ),
        (("ARG PYTHON_DIGEST\n", "ARG PYTHON_DIGEST=sha256:0\n"), "an argument without a default"),
        (("--require-hashes --no-deps", "--no-deps"), "installs packages without reviewed hashes"),
        (("USER 10001:10001", "USER khoosheh"), "does not run as a numeric user"),
        (("USER 10001:10001", "USER 0:0"), "does not run as a numeric user"),
        (("COPY LICENSE ./", "RUN apt-get install gcc"), "installs system packages or compiles"),
        (("COPY LICENSE ./", "ADD https://example.org/x ./"), "uses ADD"),
        (("COPY LICENSE ./", "ENV SESSION_KEY=abc"), "holds a secret"),
        (('CMD ["python", "-m", "services.graphql"]', "CMD python -m services.graphql"), "through a shell"),
        (("org.opencontainers.image.revision", "revision"), "the label revision is missing"),
    ],
)
def test_a_reviewer_refuses(dockerfile: str, change: tuple[str, str], complaint: str) -> None:
    assert change[0] in dockerfile
    assert any(complaint in said for said in complaints(dockerfile.replace(*change)))


def test_only_what_runs_enters_the_image(repository: Path, dockerfile: str) -> None:
    stages = {stage.name: stage for stage in stages_of(dockerfile)[1]}
    assert all(rest.startswith("--from") for rest in stages["khoosheh"].all("COPY"))
    copied = {rest.split()[0] for rest in stages["application"].all("COPY")}
    assert copied == {"LICENSE", "schema", "services", "web"}
    lines = (repository / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*", "what is not named stays outside"
    named = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    assert named == copied | {"requirements/runtime.txt", "requirements/development.txt"}


def test_the_image_names_the_commands_the_manifests_run(dockerfile: str, manifests: Path) -> None:
    for name in ("graphql", "admin", "notifications", "migrate"):
        text = (manifests / "base" / f"{name}.yaml").read_text(encoding="utf-8")
        modules = set(re.findall(r'"python", "-m", "([a-z.]+)"', text))
        assert modules
        for module in modules:
            assert module in dockerfile
            assert module.split(".")[0] in {"services", "web"}


def test_the_user_of_the_image_is_the_user_of_the_pods(dockerfile: str, manifests: Path) -> None:
    user, group = stages_of(dockerfile)[1][-1].all("USER")[-1].split(":")
    for path in (manifests / "base").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if "securityContext" in text:
            assert set(re.findall(r"runAsUser: (\d+)", text)) == {user}
            assert set(re.findall(r"(?:runAsGroup|fsGroup): (\d+)", text)) == {group}


def test_the_cdn_can_be_chosen_and_is_the_usual_one_otherwise(dockerfile: str) -> None:
    """Whoever mirrors the packages builds with another address; the versions are those whose digests we know."""
    final = stages_of(dockerfile)[1][-1]
    (cdn,) = (rest.split("=", 1)[1] for rest in final.all("ARG") if rest.startswith("CDN="))
    (given,) = (rest for rest in final.all("ENV") if "HTMX_URL" in rest)
    told = dict(word.split("=", 1) for word in given.split())
    assert set(told) == {"HTMX_URL", "FONT_URL", "GRAPHIQL_SOURCE"}
    for name, value in told.items():
        assert value.startswith("${CDN}")
        assert value.replace("${CDN}", cdn) == Settings.model_fields[name.lower()].default


def test_byte_code_is_made_when_the_image_is_built(dockerfile: str) -> None:
    application = next(stage for stage in stages_of(dockerfile)[1] if stage.name == "application")
    assert any("compileall" in run and "unchecked-hash" in run for run in application.all("RUN"))
    assert "PIP_NO_COMPILE" not in dockerfile
