// Errors that a caller sees (rule 3): RFC 9457 everywhere but at the token operation.
import { codes } from "./documents.js";

const known = new Map(codes("problems").codes.map((entry) => [entry.code, entry]));

export class Problem extends Error {
  constructor(code, { errors, headers } = {}) {
    super(code);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  answer() {
    const { code, errors } = this;
    const { status, party_at_fault, retryable, zh, en } = known.get(code);
    const type = `https://hulian.example/problems/${code}`;
    const body = { type, title: `${zh} / ${en}`, status, code, party_at_fault, retryable, ...(errors && { errors }) };
    return { status, type: "application/problem+json", headers: this.headers ?? {}, body };
  }
}

export const problem = (code, more) => new Problem(code, more);

// A 422: places are [pointer, code] pairs.
export const invalid = (...places) =>
  new Problem("invalid", { errors: places.map(([pointer, code]) => ({ pointer, code })) });

// RFC 6749, section 5.2.
export class TokenRefusal extends Error {
  constructor(error) {
    super(error);
    this.error = error;
  }

  answer() {
    const unknown = this.error === "invalid_client";
    const headers = { "Cache-Control": "no-store", ...(unknown && { "WWW-Authenticate": 'Basic realm="hulian"' }) };
    return { status: unknown ? 401 : 400, type: "application/json", headers, body: { error: this.error } };
  }
}
