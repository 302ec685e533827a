// Checks custom resources against the published types of their operators, twice: the validator compiled from
// the resource's schema (types, required fields, enumerations, patterns) and TypeScript (unknown fields, which
// schemas let pass). Reads a JSON array of documents from standard input, prints a JSON array of problems.
import { readFileSync } from "node:fs";
import ts from "typescript";

const here = new URL(".", import.meta.url).pathname;

// The barman-cloud plugin publishes no types of its own; its ObjectStore carries this type of CloudNativePG's.
const CONFIGURATION = "github.com/cloudnative-pg/barman-cloud/pkg/api";
const packages = {
  "cert-manager.io": "cert-manager",
  "postgresql.cnpg.io": "cloudnative-pg",
  "gateway.networking.k8s.io": "gateway-api",
  "keda.sh": "keda",
  "external-secrets.io": "external-secrets",
  "monitoring.coreos.com": "prometheus-operator",
};

function place(document) {
  const [group, version] = document.apiVersion.split("/");
  if (group === "barmancloud.cnpg.io" && document.kind === "ObjectStore") {
    return {
      module: `@kubernetes-models/cloudnative-pg/${CONFIGURATION}`,
      name: "BarmanObjectStoreConfiguration",
      value: document.spec.configuration,
    };
  }
  if (!(group in packages)) return undefined;
  return {
    module: `@kubernetes-models/${packages[group]}/${group}/${version}`,
    name: document.kind,
    value: document,
  };
}

const title = (document) => `${document.kind} ${document.metadata?.name}`;
const documents = JSON.parse(readFileSync(0, "utf8"));
const problems = [];
const places = documents.map(place);

for (const [index, found] of places.entries()) {
  if (found === undefined) {
    problems.push(`${title(documents[index])}: no published type is known for ${documents[index].apiVersion}`);
    continue;
  }
  const model = (await import(found.module))[found.name];
  if (model === undefined) {
    problems.push(`${title(documents[index])}: ${found.module} has no ${found.name}`);
    continue;
  }
  const instance = new model(found.value);
  // A constructor supplies apiVersion and kind by itself, so the document's own are compared here.
  if (found.value === documents[index] && model.apiVersion !== documents[index].apiVersion) {
    problems.push(`${title(documents[index])}: its type is of ${model.apiVersion}`);
  }
  try {
    instance.validate();
  } catch (error) {
    problems.push(`${title(documents[index])}: ${error.message}`);
  }
}

// One source file of object literals: TypeScript refuses every property a type does not declare.
const file = `${here}documents.ts`;
const lines = [];
const owners = [];
for (const [index, found] of places.entries()) {
  if (found === undefined) continue;
  owners[lines.length] = index;
  lines.push(`export const d${index}: import("${found.module}").I${found.name} = ${JSON.stringify(found.value)};`);
}
const text = lines.join("\n");
const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: [],
};
const host = ts.createCompilerHost(options);
const getSourceFile = host.getSourceFile.bind(host);
host.getSourceFile = (name, ...rest) =>
  name === file ? ts.createSourceFile(name, text, rest[0]) : getSourceFile(name, ...rest);
const fileExists = host.fileExists.bind(host);
host.fileExists = (name) => name === file || fileExists(name);
const program = ts.createProgram([file], options, host);
for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
  const owner =
    diagnostic.file && owners[diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line];
  problems.push(`${owner === undefined ? "types" : title(documents[owner])}: ${message}`);
}
process.stdout.write(JSON.stringify(problems));
