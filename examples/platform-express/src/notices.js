// Interruption notices (rule 12): dialogues/notice.yaml is the machine; here is what the platform itself does, and when.
import { randomUUID } from "node:crypto";
import { OWN_CODE, ofKind } from "./counterparts.js";
import { codes, dialogue } from "./documents.js";
import { milliseconds, written } from "./instant.js";
import { limits } from "./limits.js";
import { invalid, problem } from "./problem.js";

const { initial, transitions } = dialogue("notice");
const NEEDS_LEAD = new Set(codes("notice_reasons").codes.filter(({ lead }) => lead).map(({ code }) => code));
const PUBLICATION = limits.publication_deadline_seconds * 1000;
const ACKNOWLEDGEMENT = limits.acknowledgement_deadline_seconds * 1000;
const LEAD = limits.notice_lead_seconds * 1000;
const LATE_AT_MOST = 300_000;
// How long the platform thinks before its own steps; less where time is short.
const THINKING = { acknowledge: 5 * 60_000, accept: 3600_000, report: 3600_000 };
const REPLIES = new Set(["acknowledge", "propose", "accept", "reject"]);

const authorities = ofKind("authority").map(({ code }) => code);
const merchants = ofKind("merchant").map(({ code }) => code);
const took = (notice, event) => notice.record.history.some((step) => step.event === event);

export class Notices {
  #clock;
  #webhooks;
  #all = new Map();
  #feeds = new Map();
  // Published notices in order of publication; `changed` counts the changes of them all.
  published = [];
  changed = 0;

  constructor(clock, webhooks) {
    this.#clock = clock;
    this.#webhooks = webhooks;
  }

  // The notice under which this kind of data doesn't flow between the platform and the counterpart.
  inEffect(code, kind) {
    return [...this.#all.values()].map(({ record }) => record).find(({ state, scope, giver, receiver }) =>
      state === "effective" && [giver, receiver].includes(code) && (!kind || scope.includes(kind)));
  }

  feed(code) {
    if (!this.#feeds.has(code)) this.#feeds.set(code, []);
    return this.#feeds.get(code);
  }

  seenBy(id, { code }) {
    const notice = this.#all.get(id);
    if (!notice || !this.#readers(notice).includes(code)) throw problem("not_found");
    return notice;
  }

  // `pointers` say where the caller wrote the two times.
  give(entry, giver, receiver, now = this.#clock.now(), pointers = { starts: "/starts_at", ends: "/ends_at" }) {
    const [starts, ends] = [milliseconds(entry.starts_at), milliseconds(entry.ends_at)];
    if (NEEDS_LEAD.has(entry.reason) && starts - now < LEAD) throw invalid([pointers.starts, "lead_too_short"]);
    if (starts < now - LATE_AT_MOST) throw invalid([pointers.starts, "in_past"]);
    if (ends <= starts) throw invalid([pointers.ends, "order_of_times"]);
    const given_at = written(now);
    const record = {
      notice_id: `N-${randomUUID()}`, giver, receiver, ...entry, state: initial, given_at, version: 1,
      history: [{ event: "give", by: giver, at: given_at }],
    };
    const notice = { record, plans: [] };
    this.#all.set(record.notice_id, notice);
    this.#show(notice);
    if (giver === OWN_CODE) this.#webhooks.tell("interruption.notified", [receiver], record);
    this.#plan(notice);
    return record;
  }

  // One step of the dialogue; 409 where the table has no such triple of state, event and party.
  step(notice, event, by, { message, proposal } = {}) {
    const { record } = notice;
    const transition = transitions.find((one) => one.from === record.state && one.event === event && mayTake(one.by, by, record));
    if (!transition) throw problem("state_conflict");
    this.#write(notice, { event, by, message, proposal }, { state: transition.to });
    this.#tell(notice, event, by);
    this.#plan(notice);
    return notice.record;
  }

  #write(notice, { event, by, message, proposal }, changes) {
    const { record } = notice;
    const step = { event, by, at: written(this.#clock.now()), ...(message && { message }), ...(proposal && { proposal }) };
    notice.record = { ...record, ...changes, version: record.version + 1, history: [...record.history, step] };
    this.#show(notice);
  }

  #tell(notice, event, by) {
    const { record } = notice;
    const others = [record.giver, record.receiver].filter((code) => code !== by && code !== OWN_CODE);
    const reported = took(notice, "report") ? authorities : [];
    if (by === OWN_CODE && REPLIES.has(event)) this.#webhooks.tell("interruption.replied", others, record);
    if (event === "report") this.#webhooks.tell("interruption.reported", [...authorities, ...others], record);
    if (event === "withdraw") this.#webhooks.tell("interruption.withdrawn", [...reported, ...others], record);
  }

  #publish(notice) {
    this.#write(notice, { event: "publish", by: OWN_CODE }, { published_at: written(this.#clock.now()) });
    const { giver, receiver } = notice.record;
    const receivers = [...merchants, giver, receiver].filter((code) => code !== OWN_CODE);
    this.published.push(notice);
    this.#webhooks.tell("interruption.published", receivers, publicNotice(notice));
    this.#plan(notice);
  }

  #readers(notice) {
    return [notice.record.giver, notice.record.receiver, ...(took(notice, "report") ? authorities : [])];
  }

  #show(notice) {
    for (const code of this.#readers(notice)) this.feed(code).push(notice.record);
    notice.changed = this.changed += 1;
  }

  // What comes next by itself.  Made anew after every step, so that nothing is left of what no longer applies.
  #plan(notice) {
    notice.plans.forEach((forget) => forget());
    const { record } = notice;
    const [given, starts, ends] = [record.given_at, record.starts_at, record.ends_at].map(milliseconds);
    const lapse = starts - PUBLICATION;
    const open = ["notified", "acknowledged", "negotiating"].includes(record.state);
    const lapses = open && lapse >= given + ACKNOWLEDGEMENT;
    const plan = (due, event, by, words) => this.#clock.at(due, () => this.step(notice, event, by, words));

    notice.plans = [];
    if (!record.published_at) notice.plans.push(this.#clock.at(given, () => this.#publish(notice)));
    const [own, words] = ownStep(notice);
    if (own) {
      const since = milliseconds(record.history.findLast(({ event }) => event !== "publish").at);
      const left = (lapses ? lapse : starts) - since;
      notice.plans.push(plan(since + Math.min(THINKING[own], Math.max(left / 2, 0)), own, OWN_CODE, words));
    }
    if (lapses) notice.plans.push(plan(lapse, "lapse", "clock"));
    const begins = transitions.some(({ from, event }) => from === record.state && event === "begin");
    if (begins) notice.plans.push(plan(starts, "begin", "clock"));
    if (record.state === "effective" && record.ends_at) notice.plans.push(plan(ends, "end", "clock"));
  }
}

// What the platform owes the other party now: [event, words].
function ownStep({ record }) {
  const { state, giver, receiver, major_impact: major } = record;
  if (state === "notified" && receiver === OWN_CODE) return ["acknowledge", { message: "已收到，将按所述安排准备。" }];
  if (state === "negotiating" && lastProposer(record) !== OWN_CODE) return ["accept", { message: "同意此安排。" }];
  if (state === "failed" && giver === OWN_CODE && major) {
    return ["report", { message: "双方未能达成一致，可能对用户和消费者造成重大影响，特此报告。" }];
  }
  return [];
}

// The notice itself is the giver's first proposal.
const lastProposer = ({ giver, history }) => history.findLast(({ event }) => event === "propose")?.by ?? giver;

function mayTake(who, by, record) {
  const { giver, receiver } = record;
  const party = by === giver || by === receiver;
  switch (who) {
    case "giver": return by === giver;
    case "receiver": return by === receiver;
    case "either": return party;
    case "other": return party && by !== lastProposer(record);
    default: return by === who;
  }
}

export function publicNotice({ record }) {
  const { notice_id, giver, receiver, reason, scope, starts_at, ends_at, justification, arrangement, state, published_at } = record;
  return { notice_id, giver, receiver, reason, scope, starts_at, ends_at, justification, arrangement, state, published_at };
}
