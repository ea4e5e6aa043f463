// The operations on interruption notices, and the public list of them (rule 12.6).
import { OWN_CODE } from "./counterparts.js";
import { publicNotice } from "./notices.js";
import { answer, cursor, opened, page, query } from "./paging.js";
import { invalid } from "./problem.js";
import { isBlank } from "./text.js";

export function noticeHandlers(notices) {
  const find = ({ params, client }) => notices.seenBy(params.notice_id, client);
  const step = (event) => ({
    find,
    answer: ({ subject, client, body }) => ({ body: notices.step(subject, event, client.code, body) }),
  });
  return {
    giveNotice: {
      answer({ body, client }) {
        const record = notices.give(body, client.code, OWN_CODE);
        return { status: 201, headers: { Location: `/interruption-notices/${record.notice_id}` }, body: record };
      },
    },
    listNotices: { answer: (context) => page(context, notices.feed(context.client.code)) },
    getNotice: { find, answer: ({ subject }) => ({ body: subject.record }) },
    replyToNotice: {
      find,
      answer({ subject, client, body }) {
        const { reply, proposal } = body;
        if (reply !== "propose" && proposal !== undefined) throw invalid(["/proposal", "not_allowed_here"]);
        if (reply === "propose" && proposal === undefined) throw invalid(["/proposal", "required"]);
        if (reply === "propose" && isBlank(proposal)) throw invalid(["/proposal", "placeholder"]);
        return { body: notices.step(subject, reply, client.code, body) };
      },
    },
    reportNotice: step("report"),
    withdrawNotice: step("withdraw"),
    listPublicNotices: { answer: (context) => publicPage(context, notices) },
  };
}

// First every published notice once, as it stands, in order of publication; then, by resume_cursor, what changed since the reading began.
// A cursor is [place, end, since]: the place in the list and its end when the reading began; without a place, changes after `since`.
function publicPage({ operation, path, query: wanted }, { published, changed }) {
  const { at, limit } = query(wanted);
  const [place, end, since] = at === undefined ? [0, published.length, changed] : JSON.parse(opened(operation.id, at));
  const changes = (after) => JSON.stringify([null, null, after]);
  let found, rest;
  if (place === null) {
    const later = published.filter((notice) => notice.changed > since).sort((a, b) => a.changed - b.changed);
    found = later.slice(0, limit);
    rest = { more: later.length > limit, state: changes(found.at(-1)?.changed ?? since) };
  } else {
    // What changed meanwhile comes among the changes.
    found = published.slice(place, Math.min(place + limit, end)).filter((notice) => notice.changed <= since);
    const more = place + limit < end;
    rest = { more, state: more ? JSON.stringify([place + limit, end, since]) : changes(since) };
  }
  const here = cursor(operation.id, rest.state);
  return answer({ path, limit, items: found.map(publicNotice), next: rest.more ? here : undefined, resume: here });
}
