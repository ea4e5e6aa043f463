// Bodies as JSON values (rule 1.6): strict reading, and one spelling for comparison.
import { problem } from "./problem.js";

const LARGEST = 1024 * 1024;
const DEEPEST = 64;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export async function readBody(request) {
  if (Number(request.headers["content-length"]) > LARGEST) throw problem("too_large");
  const chunks = [];
  let size = 0;
  // The connection outlives a refusal, so that the client gets to read it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LARGEST) throw problem("too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function parseJson(bytes) {
  try {
    const text = utf8.decode(bytes);
    const value = JSON.parse(text);
    checkShape(text);
    return value;
  } catch {
    throw problem("unreadable");
  }
}

// JSON.parse lets repeated names and any depth pass; on a text that it has read, tokens are enough to find both.
function checkShape(text) {
  const open = [];
  let last;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/gs)) {
    if (token === "{" || token === "[") {
      if (open.push(token === "{" ? new Set() : null) > DEEPEST) throw new Error("deep");
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token === ":") {
      const name = JSON.parse(last);
      if (open.at(-1).has(name)) throw new Error("twice");
      open.at(-1).add(name);
    }
    last = token;
  }
}

// The same text for the same JSON value, whatever the order of members.
export function canonical(value) {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part);
}
