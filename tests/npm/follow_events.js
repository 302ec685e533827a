// Subscribes with graphql-sse and prints one line per thing that happens;
// arguments: address, token, document, "single" for one connection for all operations, how many operations.
import { createClient } from "graphql-sse";

const [url, token, query, mode, count] = process.argv.slice(2);
const print = (line) => console.log(JSON.stringify(line));
let cursor = process.env.CURSOR;
let running = Number(count ?? 1);

const client = createClient({
  url,
  singleConnection: mode === "single",
  headers: () => ({
    authorization: `Bearer ${token}`,
    // A client that comes back resumes after the last cursor it has seen.
    ...(cursor ? { "last-event-id": cursor } : {}),
  }),
  fetchFn: async (...request) => {
    const response = await fetch(...request);
    if (response.status === 401) print({ refused: 401 });
    return response;
  },
  retryAttempts: 600,
  retry: () => new Promise((resolve) => setTimeout(resolve, 100)),
});
const ended = (line) => {
  print(line);
  if (--running === 0) client.dispose();
};
for (let operation = 0; operation < Number(count ?? 1); operation += 1) {
  client.subscribe(
    { query },
    {
      next: (result) => {
        cursor = result.extensions?.cursor;
        print({ operation, next: result.data, errors: result.errors });
      },
      error: (error) => ended({ operation, error: String(error) }),
      complete: () => ended({ operation, complete: true }),
    },
  );
}
