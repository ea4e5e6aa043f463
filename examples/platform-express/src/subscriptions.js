// Subscriptions (rule 11): who wants to be told what, and where.
import { randomUUID } from "node:crypto";
import { codes } from "./documents.js";
import { written } from "./instant.js";
import { page } from "./paging.js";
import { invalid, problem } from "./problem.js";

const rolesOf = new Map(codes("event_types").codes.map(({ code, roles }) => [code, roles]));
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export const subscriptionHandlers = (webhooks, clock) => ({
  createSubscription: {
    answer({ body: { url, event_types, secret }, client }) {
      const key = Buffer.from(secret.slice("whsec_".length), "base64");
      const flaws = event_types.flatMap((type, place) =>
        (rolesOf.get(type).includes(client.role) ? [] : [[`/event_types/${place}`, "not_in_list"]]));
      if (!reachable(url)) flaws.push(["/url", "not_allowed_here"]);
      if (key.length < 24 || key.length > 64) flaws.push(["/secret", "format"]);
      if (flaws.length) throw invalid(...flaws);
      const record = { subscription_id: `S-${randomUUID()}`, url, event_types, created_at: written(clock.now()) };
      webhooks.subscriptions.set(record.subscription_id, { record, secret: key, client: client.code, waiting: new Set() });
      return { status: 201, headers: { Location: `/subscriptions/${record.subscription_id}` }, body: record };
    },
  },
  listSubscriptions: {
    answer: (context) => page(context, webhooks.of(context.client.code).map(({ record }) => record), { feed: false }),
  },
  deleteSubscription: {
    find({ params, client }) {
      const subscription = webhooks.subscriptions.get(params.subscription_id);
      if (subscription?.client !== client.code) throw problem("not_found");
      return subscription;
    },
    answer({ subject }) {
      webhooks.drop(subject);
      return { status: 204 };
    },
  },
});

// TLS everywhere but on loopback.
function reachable(text) {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}
