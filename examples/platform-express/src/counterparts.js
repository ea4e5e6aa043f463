// Who is interconnected, and the credentials of the sandbox (sandbox.openapi.yaml, x-parties).
import { codes, sandboxParties } from "./documents.js";

const roles = new Map(codes("roles").codes.map((role) => [role.code, role]));
const couriers = codes("couriers");
const courierNames = new Map(couriers.codes.map(({ code, zh }) => [code, zh]));
const NEWCOMER = "SBXN";

export const OWN_CODE = "P-SBX";

export const counterparts = sandboxParties
  .filter(({ counterpart_code }) => counterpart_code)
  .map(({ role, counterpart_code: code }) => ({
    code,
    name: courierNames.get(code) ?? `沙箱${roles.get(role).zh} ${code}`,
    kind: role,
    since: code === NEWCOMER ? "2026-02-20T00:00:00+08:00" : "2025-01-01T00:00:00+08:00",
  }));

export const counterpart = (code) => counterparts.find((one) => one.code === code);
export const ofKind = (kind) => counterparts.filter((one) => one.kind === kind);

const PROMISED_HOURS = { standard: 72, express: 48 };
export const serviceProducts = couriers.service_products.map(({ code, zh }) => ({ code, name: zh, promised_hours: PROMISED_HOURS[code] }));

export const clients = new Map(sandboxParties.map(({ role, client_id: id, counterpart_code: code }) => [
  id, { id, secret: `${id}-secret`, role, code, scopes: roles.get(role).scopes },
]));
