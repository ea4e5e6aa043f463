// From operations (the documents) and handlers (this platform) to an Express application.  The order of judgement is rule 2.2's:
// 401, 403, the 404 of the path's object, and only then the body: 415, 413, 400, 422, 409.
import express from "express";
import { parseJson, readBody } from "./json.js";
import { TokenRefusal, invalid, problem } from "./problem.js";
import { unauthenticated } from "./tokens.js";
import { validate } from "./validation.js";

export function application(operations, { handlers, tokens, rate, idempotency }) {
  const app = express();
  app.disable("x-powered-by");
  // An ETag would be a digest of personal data (rule 9.3).
  app.disable("etag");
  app.enable("strict routing");
  app.enable("case sensitive routing");

  for (const path of new Set(operations.map(({ path }) => path))) {
    const here = operations.filter((operation) => operation.path === path);
    const route = app.route(path.replaceAll(/\{(\w+)\}/g, ":$1"));
    for (const operation of here) {
      route[operation.method]((request, response) => serve(operation, request, response));
    }
    const methods = here.flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]));
    route.all(() => {
      throw problem("method_not_allowed", { headers: { Allow: methods.join(", ") } });
    });
  }
  app.use(() => {
    throw problem("not_found");
  });
  app.use((error, request, response, next) => {
    // A path that can't be decoded names nothing.
    const known = error.answer ? error : problem(error instanceof URIError ? "not_found" : "internal");
    if (known !== error && known.code === "internal") console.error(error);
    if (response.headersSent) return next(error);
    send(response, known.answer());
  });

  async function serve(operation, request, response) {
    const grant = tokens.recognise(request.headers.authorization);
    const headers = rate.count(grant ? `client ${grant.client.id}` : `address ${request.socket.remoteAddress}`);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (operation.scope && !grant) throw unauthenticated();
    if (operation.scope && !grant.scopes.includes(operation.scope)) throw problem("insufficient_scope");
    const handler = handlers[operation.id];
    const context = {
      operation, client: operation.scope && grant.client, path: request.path, params: request.params, query: request.query,
      authorization: request.headers.authorization, key: request.headers["idempotency-key"],
    };
    context.subject = handler.find?.(context);
    if (operation.mediaType) context.body = await body(operation, request);
    send(response, answer(operation, handler, context));
  }

  function answer(operation, handler, context) {
    const act = () => {
      checkPath(operation, context.params);
      if (operation.schema) validate(operation.schema, context.body);
      return handler.answer(context);
    };
    const repeatable = operation.parameters.some(({ name }) => name === "Idempotency-Key");
    return repeatable ? idempotency.once(context, act) : act();
  }

  return app;
}

async function body(operation, request) {
  // JSON has no charset but UTF-8 (RFC 8259); a parameter that says otherwise changes nothing.
  const type = (request.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
  const coded = !["identity", undefined].includes(request.headers["content-encoding"]);
  if (operation.mediaType !== "application/json") {
    if (type !== operation.mediaType || coded) throw new TokenRefusal("invalid_request");
    return new URLSearchParams((await readBody(request)).toString("utf8"));
  }
  if (type !== operation.mediaType || coded) throw problem("unsupported_media_type");
  return parseJson(await readBody(request));
}

// Ids are looked up and end in 404; what else a path holds keeps to its pattern.
function checkPath({ parameters }, params) {
  for (const { name, in: where, schema } of parameters) {
    if (where === "path" && schema.pattern && !new RegExp(schema.pattern).test(params[name])) throw invalid([`:${name}`, "pattern"]);
  }
}

function send(response, { status = 200, type = "application/json", headers = {}, body }) {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) return response.end();
  response.setHeader("Content-Type", type);
  response.end(JSON.stringify(body));
}
