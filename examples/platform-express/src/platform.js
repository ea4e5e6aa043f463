// One platform: its state and what answers each operation.  Handlers are {answer, find?}; `find` gives the path's object or throws.
import { readFileSync } from "node:fs";
import { analyticsHandlers } from "./analytics.js";
import { Clock } from "./clock.js";
import { codes } from "./documents.js";
import { Consignments } from "./consignments.js";
import { OWN_CODE, counterparts } from "./counterparts.js";
import { courierHandlers } from "./couriers.js";
import { consignmentHandlers } from "./consigning.js";
import { eventHandlers } from "./events.js";
import { Idempotency } from "./idempotency.js";
import { limits } from "./limits.js";
import { monitoringHandlers } from "./monitoring.js";
import { noticeHandlers } from "./noticeboard.js";
import { Notices } from "./notices.js";
import { consentHandlers } from "./privacy.js";
import { Rate } from "./rate.js";
import { sandboxHandlers } from "./sandbox.js";
import { subscriptionHandlers } from "./subscriptions.js";
import { Tokens } from "./tokens.js";
import { trackingHandlers } from "./tracking.js";
import { Webhooks } from "./webhooks.js";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

export function platform() {
  const clock = new Clock();
  const tokens = new Tokens(clock);
  const webhooks = new Webhooks(clock);
  const notices = new Notices(clock, webhooks);
  const consignments = new Consignments(clock, webhooks, notices);
  const handlers = {
    getDiscovery: { answer: () => ({ body: discovery }) },
    issueToken: {
      answer: ({ body, authorization }) => ({ headers: { "Cache-Control": "no-store" }, body: tokens.issue(body, authorization) }),
    },
    ...courierHandlers(notices),
    ...consignmentHandlers(consignments),
    ...eventHandlers(consignments, clock, webhooks),
    ...trackingHandlers(consignments, clock),
    ...subscriptionHandlers(webhooks, clock),
    ...noticeHandlers(notices),
    ...consentHandlers(consignments, clock),
    ...analyticsHandlers(consignments),
    ...monitoringHandlers(webhooks, notices, clock),
    ...sandboxHandlers(clock, notices),
  };
  return { handlers, tokens, rate: new Rate(clock), idempotency: new Idempotency(clock) };
}

const discovery = {
  role: "platform",
  organisation: { code: OWN_CODE, name: "样例电子商务平台（Express）" },
  interface_version: "1.0",
  software_version: version,
  capabilities: codes("capabilities").codes.map(({ code }) => code),
  counterparts,
  limits,
  contacts: [{ purpose: "technical", email: "exchange@platform.example" }, { purpose: "privacy", email: "privacy@platform.example" }],
};
