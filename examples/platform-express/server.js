// Starts the platform on loopback: node server.js [--port 8090].  Beyond loopback a TLS proxy stands before it (rule 1.1).
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { application } from "./src/application.js";
import { operations } from "./src/documents.js";
import { platform } from "./src/platform.js";
import { problem } from "./src/problem.js";

const { values } = parseArgs({ options: { port: { type: "string", default: "8090" } } });
const server = createServer({ requireHostHeader: false }, application(operations, platform()));

// Idle connections outlive those that clients keep, so that nobody writes into a connection that is just being closed.
server.keepAliveTimeout = 120_000;

// What is no HTTP at all never reaches Express; it is told so in the same form as everything else.
server.on("clientError", (error, socket) => {
  if (!socket.writable) return;
  const answer = problem(error.code === "HPE_HEADER_OVERFLOW" ? "too_large" : "unreadable").answer();
  const body = JSON.stringify(answer.body);
  const head = [
    `HTTP/1.1 ${answer.status} Refused`, `Content-Type: ${answer.type}`, `Content-Length: ${Buffer.byteLength(body)}`, "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
});

server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(`platform-express listens on http://127.0.0.1:${server.address().port}`);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => process.exit(0));
}
