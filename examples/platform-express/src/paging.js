// Lists and cursors (rule 6).  A cursor is a place in one list, of one reader, with a keyed check: opaque, and useless elsewhere.
import { createHmac, randomBytes } from "node:crypto";
import { invalid } from "./problem.js";
import { limits } from "./limits.js";

const DEFAULT_LIMIT = 50;
const key = randomBytes(32);

const check = (list, state) => createHmac("sha256", key).update(`${list}\n${state}`).digest("base64url").slice(0, 22);

// `list` says which list of which reader; `state` is a text without personal data.
export const cursor = (list, state) => `${Buffer.from(state).toString("base64url")}.${check(list, state)}`;

export function opened(list, text) {
  const state = Buffer.from(text.split(".")[0], "base64url").toString();
  if (cursor(list, state) !== text) throw invalid(["?cursor", "format"]);
  return state;
}

export function query({ cursor: at, limit = String(DEFAULT_LIMIT) }) {
  if (at !== undefined && (typeof at !== "string" || !at)) throw invalid(["?cursor", "format"]);
  if (typeof limit !== "string" || !/^-?\d{1,9}$/.test(limit)) throw invalid(["?limit", "type"]);
  if (limit < 1) throw invalid(["?limit", "too_small"]);
  if (limit > 200) throw invalid(["?limit", "too_large"]);
  return { at, limit: Math.min(Number(limit), limits.page_size_max) };
}

// The answer that holds a page.  `next` and `resume` are cursors; a list that isn't a feed has no `resume`.
export function answer({ path, limit, items, next, resume }) {
  const link = next && { Link: `<${path}?cursor=${encodeURIComponent(next)}&limit=${limit}>; rel="next"` };
  return { headers: link ?? {}, body: { items, next_cursor: next ?? null, ...(resume && { resume_cursor: resume }) } };
}

// A page of a log that only grows: `entries` in order of record time, `visible` says which of them this reader may (still) see.
export function page(context, entries, { visible = () => true, feed = true } = {}) {
  const { at, limit } = query(context.query);
  const list = `${context.operation.id} ${context.client?.code ?? ""} ${context.path}`;
  const items = [];
  let place = at === undefined ? 0 : Number(opened(list, at));
  for (; place < entries.length && items.length < limit; place += 1) {
    if (visible(entries[place])) items.push(entries[place]);
  }
  while (place < entries.length && !visible(entries[place])) place += 1;
  const here = cursor(list, String(place));
  return answer({ path: context.path, limit, items, next: place < entries.length ? here : undefined, resume: feed ? here : undefined });
}
