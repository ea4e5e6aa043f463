// Messages to subscribers (rule 11).  Every message for every subscription goes its own way, so that nobody waits for anybody else.
import { createHmac, randomUUID } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { written } from "./instant.js";

const RETRIES = [5, 30, 300, 1800, 7200].map((seconds) => seconds * 1000);
const PATIENCE = 10_000;
const GONE = 410;

export class Webhooks {
  #clock;
  subscriptions = new Map();
  // Counterpart code -> {lastSuccess, lastFailure}, milliseconds.
  results = new Map();

  constructor(clock) {
    this.#clock = clock;
  }

  of(code) {
    return [...this.subscriptions.values()].filter((subscription) => subscription.client === code);
  }

  // Sends `data` to every subscription of these counterparts for this type.
  tell(type, receivers, data) {
    const body = JSON.stringify({ type, timestamp: written(this.#clock.now()), data });
    for (const code of new Set(receivers)) {
      for (const subscription of this.of(code)) {
        if (!subscription.record.event_types.includes(type)) continue;
        const message = { id: `msg_${randomUUID()}`, body, subscription, failures: 0 };
        subscription.waiting.add(message);
        setImmediate(() => this.#attempt(message));
      }
    }
  }

  drop({ record, waiting }) {
    this.subscriptions.delete(record.subscription_id);
    for (const { forget } of waiting) forget?.();
    waiting.clear();
  }

  async #attempt(message) {
    const { subscription } = message;
    if (!subscription.waiting.has(message)) return;
    const status = await post(subscription.record.url, message.body, this.#headers(message)).catch(() => 0);
    const now = this.#clock.now();
    if (!subscription.waiting.has(message)) return;
    if (status === GONE) return this.drop(subscription);
    if (status >= 200 && status < 300) {
      subscription.waiting.delete(message);
      this.#note(subscription, false, { lastSuccess: now });
      return;
    }
    this.#note(subscription, true, { lastFailure: now });
    const wait = RETRIES[message.failures];
    message.failures += 1;
    if (wait === undefined) subscription.waiting.delete(message);
    else message.forget = this.#clock.at(now + wait, () => this.#attempt(message));
  }

  #note(subscription, failing, result) {
    subscription.failing = failing;
    this.results.set(subscription.client, { ...this.results.get(subscription.client), ...result });
  }

  // Standard Webhooks.
  #headers({ id, body, subscription }) {
    const timestamp = String(Math.floor(this.#clock.now() / 1000));
    const signature = createHmac("sha256", subscription.secret).update(`${id}.${timestamp}.${body}`).digest("base64");
    return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
  }
}

// The status of the answer.  Each attempt has a connection of its own: one that was kept may have been closed meanwhile.
function post(url, body, headers) {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith("https:") ? https : http;
    const sent = request(url, {
      method: "POST", agent: false, signal: AbortSignal.timeout(PATIENCE),
      headers: { ...headers, "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) },
    }, (answer) => {
      answer.resume();
      answer.on("error", () => {});
      resolve(answer.statusCode);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
