// A real OpenID provider (npm oidc-provider) for the tests of signing in; arguments: issuer, redirect URI, secret.
// Every start has a key of its own. Who "sits before the browser" there is told with POST /person; {"leave": true} makes them turn back.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";

import { Provider } from "oidc-provider";

const [issuer, redirect, secret] = process.argv.slice(2);
let person = { sub: "nobody" };
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "RS256", use: "sig" };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "khoosheh",
      ...(secret
        ? { client_secret: secret, token_endpoint_auth_method: "client_secret_basic" }
        : { token_endpoint_auth_method: "none" }),
      redirect_uris: [redirect],
      post_logout_redirect_uris: [redirect.replace("/sign-in/callback", "/sign-in")],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  jwks: { keys: [key] },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  cookies: { keys: ["a key of a test"] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...person, sub }) }),
});

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return JSON.parse(text);
}

const serve = provider.callback();
createServer(async (request, response) => {
  if (request.method === "POST" && request.url === "/person") {
    person = await body(request);
    response.writeHead(204).end();
  } else if (request.url.startsWith("/interaction/")) {
    if (person.leave) {
      const gone = { error: "access_denied", error_description: "turned back" };
      await provider.interactionFinished(request, response, gone);
      return;
    }
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === "login") {
      await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
      return;
    }
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  } else {
    serve(request, response);
  }
}).listen(new URL(issuer).port, "127.0.0.1", () => console.log(JSON.stringify({ ready: issuer })));
