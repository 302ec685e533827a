// The peer: PostGraphile over the same tables, served by node's own HTTP server.
import { createServer } from "node:http";

// PostGraphile 5 asks for Node 22; these are the few things of it that Node 20 lacks.
Promise.withResolvers ??= function withResolvers() {
  let resolve, reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
};
Set.prototype.union ??= function union(other) {
  return new Set([...this, ...other]);
};
Set.prototype.intersection ??= function intersection(other) {
  return new Set([...this].filter((item) => other.has(item)));
};
Set.prototype.difference ??= function difference(other) {
  return new Set([...this].filter((item) => !other.has(item)));
};
Set.prototype.isSubsetOf ??= function isSubsetOf(other) {
  return [...this].every((item) => other.has(item));
};
Set.prototype.isDisjointFrom ??= function isDisjointFrom(other) {
  return ![...this].some((item) => other.has(item));
};

const { grafserv } = await import("postgraphile/grafserv/node");
const { postgraphile } = await import("postgraphile");
const { PostGraphileAmberPreset } = await import("postgraphile/presets/amber");
const { makePgService } = await import("postgraphile/adaptors/pg");

const preset = {
  extends: [PostGraphileAmberPreset],
  // It would hide relations whose index names fewer columns than their foreign key; ours are indexed well enough.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public"] })],
  grafserv: { graphiql: false, watch: false },
  grafast: { explain: false },
};

const instance = postgraphile(preset);
const server = createServer();
// Connections wait for their turn while the others are asked; five seconds, node's own limit, can be too short.
server.keepAliveTimeout = 75_000;
server.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
