// Subscribes with graphql-ws and prints one line per thing that happens; arguments: address, token, document.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, token, query] = process.argv.slice(2);
const print = (line) => console.log(JSON.stringify(line));
let cursor = process.env.CURSOR;

// A client that comes back resumes after the last cursor it has seen.
class Resuming extends WebSocket {
  send(text, ...rest) {
    const message = JSON.parse(text);
    if (message.type === "subscribe" && cursor) message.payload.extensions = { after: cursor };
    super.send(JSON.stringify(message), ...rest);
  }
}

const client = createClient({
  url,
  webSocketImpl: Resuming,
  connectionParams: { token },
  retryAttempts: 600,
  // Node reports a refused connection as an error and not as a closed socket; only a refused token is final.
  shouldRetry: (event) => event.code !== 4403,
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
  on: { closed: (event) => print({ closed: event.code }) },
});
client.subscribe(
  { query },
  {
    next: (result) => {
      cursor = result.extensions?.cursor;
      print({ next: result.data });
    },
    error: (error) => {
      print({ error: error.code ?? error });
      client.dispose();
    },
    complete: () => {
      print({ complete: true });
      client.dispose();
    },
  },
);
