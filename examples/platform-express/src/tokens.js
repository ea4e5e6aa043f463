// OAuth 2.0 client credentials (rule 2): issues tokens and recognises them.
import { randomBytes, timingSafeEqual, createHash } from "node:crypto";
import { clients } from "./counterparts.js";
import { limits } from "./limits.js";
import { TokenRefusal, problem } from "./problem.js";

export class Tokens {
  #clock;
  #granted = new Map();

  constructor(clock) {
    this.#clock = clock;
  }

  // The answer to a token request; `form` is its body.
  issue(form, authorization) {
    if ([...form.keys()].some((name) => form.getAll(name).length > 1)) throw new TokenRefusal("invalid_request");
    const grant = form.get("grant_type");
    if (!grant) throw new TokenRefusal("invalid_request");
    const client = authenticated(...credentials(form, authorization));
    if (grant !== "client_credentials") throw new TokenRefusal("unsupported_grant_type");
    const wanted = form.get("scope")?.split(" ").filter(Boolean) ?? [];
    if (!wanted.every((scope) => client.scopes.includes(scope))) throw new TokenRefusal("invalid_scope");
    const scopes = wanted.length ? wanted : client.scopes;
    const token = randomBytes(32).toString("base64url");
    this.#forgetExpired();
    this.#granted.set(token, { client, scopes, until: this.#clock.now() + limits.token_lifetime_seconds * 1000 });
    return { access_token: token, token_type: "Bearer", expires_in: limits.token_lifetime_seconds, scope: scopes.join(" ") };
  }

  // Who calls, and what it may do; undefined for a token that isn't valid (any more).
  recognise(authorization = "") {
    const [, token] = /^Bearer +([^ ]+)$/i.exec(authorization) ?? [];
    const grant = this.#granted.get(token);
    return grant && this.#clock.now() < grant.until ? grant : undefined;
  }

  #forgetExpired() {
    for (const [token, { until }] of this.#granted) if (until <= this.#clock.now()) this.#granted.delete(token);
  }
}

export const unauthenticated = () => problem("unauthenticated", { headers: { "WWW-Authenticate": "Bearer" } });

function credentials(form, authorization) {
  const [, basic] = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? "") ?? [];
  if (!basic) return [form.get("client_id"), form.get("client_secret")];
  const [id, ...rest] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return [id, rest.join(":")].map(formDecoded);
}

// RFC 6749, section 2.3.1: id and secret are form-encoded before they are put together.
function formDecoded(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new TokenRefusal("invalid_client");
  }
}

function authenticated(id, secret) {
  const client = clients.get(id ?? "");
  if (!client || !secret || !timingSafeEqual(digest(client.secret), digest(secret))) throw new TokenRefusal("invalid_client");
  return client;
}

const digest = (text) => createHash("sha256").update(text).digest();
