// Requests that come again under one Idempotency-Key (rule 5).  Operations run to their end without giving way to others, so a
// duplicate never meets a first that is still being worked on.
import { canonical } from "./json.js";
import { problem, Problem } from "./problem.js";

const KEPT = 48 * 3600_000;

export class Idempotency {
  #clock;
  #done = new Map();

  constructor(clock) {
    this.#clock = clock;
  }

  // The answer of `act`, or of the first request with this key.
  once({ client, operation, path, key, body }, act) {
    if (!/^[!-~]{1,255}$/.test(key ?? "")) throw problem("idempotency_key_missing");
    const name = JSON.stringify([client.id, operation.id, path, key]);
    const content = canonical(body);
    this.#forgetOld();
    const first = this.#done.get(name);
    if (!first) {
      const answer = act();
      this.#done.set(name, { content, answer, at: this.#clock.now() });
      return answer;
    }
    if (first.content !== content) {
      throw new Problem("idempotency_key_reused", { errors: [{ pointer: "=Idempotency-Key", code: "duplicate" }] });
    }
    return { ...first.answer, headers: { ...first.answer.headers, "Idempotency-Replayed": "true" } };
  }

  #forgetOld() {
    for (const [name, { at }] of this.#done) {
      if (this.#clock.now() - at < KEPT) break;
      this.#done.delete(name);
    }
  }
}
