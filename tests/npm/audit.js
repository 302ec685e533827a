// Runs the audits of GraphQL over HTTP against the address given and prints them as JSON.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2], fetchFn: fetch });
const shown = results.map(({ id, name, status, reason }) => ({ id, name, status, reason }));
console.log(JSON.stringify(shown));
