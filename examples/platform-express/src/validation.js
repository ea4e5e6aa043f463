// Whether a body keeps to its schema and to the rules about texts; what doesn't is told place by place (rule 3.2).
import Ajv from "ajv/dist/2020.js";
import { schemas } from "./documents.js";
import { milliseconds } from "./instant.js";
import { invalid } from "./problem.js";
import { hasForbiddenCharacter, hasIdentityNumber, isBlank, isPlaceholder } from "./text.js";

const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addFormat("date-time", (text) => !Number.isNaN(milliseconds(text)));
ajv.addFormat("email", /^[^\s@]+@[^\s@]+$/);
// RFC 3986 has fewer characters than URL.canParse lets pass.
ajv.addFormat("uri", (text) => /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/.test(text) && URL.canParse(text));
ajv.addFormat("date", true);
ajv.addFormat("uri-reference", true);
for (const [file, schema] of Object.entries(schemas)) ajv.addSchema(schema, file);

const PLACES = {
  required: "required", type: "type", format: "format", pattern: "pattern", enum: "not_in_list",
  minLength: "too_short", minItems: "too_short", minProperties: "too_short",
  maxLength: "too_long", maxItems: "too_long", minimum: "too_small", maximum: "too_large",
  uniqueItems: "duplicate", additionalProperties: "unknown_field",
};
const MOST = 20;
const LONGEST_POINTER = 300;

// References are no free text, so a number in them identifies nobody.
const REFERENCE = /\/consent_ref$/;
// What a courier can't work without, in sender, recipient and items.
const NEEDED = /^\/(?:(?:sender|recipient)\/(?:name|phone\/number|address\/detail)|items\/\d+\/name)$/;

export function validate(file, value) {
  const check = ajv.getSchema(file);
  if (!check(value)) throw invalid(...check.errors.filter(({ keyword }) => keyword in PLACES).slice(0, MOST).map(place));
  const flaws = [...texts({ $ref: file }, value, "", true)].flatMap(flaw);
  if (flaws.length) throw invalid(...flaws.slice(0, MOST));
}

function place({ instancePath, keyword, params }) {
  const name = params.missingProperty ?? params.additionalProperty;
  const pointer = name === undefined ? instancePath : `${instancePath}/${escape(name)}`;
  // A name that the caller made up may be too long, or no text at all, for a pointer: then its object is named.
  return [pointer.length > LONGEST_POINTER || !pointer.isWellFormed() ? instancePath : pointer, PLACES[keyword]];
}

const escape = (name) => name.replaceAll("~", "~0").replaceAll("/", "~1");

function* texts(schema, value, pointer, required) {
  const { properties, items, required: needed = [], pattern, enum: list, format } = schema.$ref ? schemas[schema.$ref] : schema;
  if (typeof value === "string") {
    yield { value, pointer, required, free: !pattern && !list && !format && !REFERENCE.test(pointer) };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* texts(items, item, `${pointer}/${index}`, required);
  } else if (value && typeof value === "object") {
    for (const [key, member] of Object.entries(value)) {
      yield* texts(properties[key], member, `${pointer}/${key}`, needed.includes(key));
    }
  }
}

function flaw({ value, pointer, required, free }) {
  if (hasForbiddenCharacter(value)) return [[pointer, "character"]];
  if (required && isBlank(value)) return [[pointer, "placeholder"]];
  if (NEEDED.test(pointer) && isPlaceholder(value)) return [[pointer, "placeholder"]];
  if (free && hasIdentityNumber(value)) return [[pointer, "identity_number"]];
  return [];
}
