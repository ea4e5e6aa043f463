// The documents in specs/, read once: operations, schemas, code lists and dialogues.  Nothing here is written twice in code.
import { readFileSync, readdirSync } from "node:fs";
import { parse } from "yaml";

const specs = new URL("../../../specs/", import.meta.url);
const text = (path) => readFileSync(new URL(path, specs), "utf8");
const yaml = (path) => parse(text(path));

export const codes = (list) => yaml(`codes/${list}.yaml`);
export const dialogue = (name) => yaml(`dialogues/${name}.yaml`);

export const schemas = Object.fromEntries(
  readdirSync(new URL("schemas/", specs)).map((file) => [file, JSON.parse(text(`schemas/${file}`))]),
);

const capabilityOf = new Map(
  codes("capabilities").codes.flatMap(({ code, operations: names, only_role, only_member }) =>
    names.filter(() => !only_role && !only_member).map((name) => [name, code])),
);

function operationsOf(document) {
  const resolve = (part) => (part.$ref ? part.$ref.slice(2).split("/").reduce((node, key) => node[key], document) : part);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const [mediaType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      return {
        id: operation.operationId,
        method,
        path,
        // The scope that a token needs; undefined where everybody may call.
        scope: operation.security?.[0]?.oauth?.[0],
        capability: capabilityOf.get(operation.operationId),
        parameters: (operation.parameters ?? []).map(resolve),
        mediaType,
        schema: /^\.\/schemas\/(.+)$/.exec(content?.schema?.$ref)?.[1],
      };
    }));
}

const sandbox = yaml("sandbox.openapi.yaml");
export const operations = [...operationsOf(yaml("platform.openapi.yaml")), ...operationsOf(sandbox)];
export const sandboxParties = sandbox["x-parties"];
