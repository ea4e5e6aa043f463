// Times: RFC 3339 with an offset (rule 1.2), as milliseconds since 1970 inside.
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const CHINA = 8 * 3600_000;

// Milliseconds, or NaN for what is no time.
export function milliseconds(text) {
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHour, offsetMinute] = RFC3339.exec(text) ?? [];
  if (year === undefined) return NaN;
  const date = new Date(0);
  date.setUTCFullYear(+year, +month - 1, +day);
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === +day;
  // 60 is a leap second.
  if (!real || hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return NaN;
  const offset = sign ? (sign === "-" ? -1 : 1) * (offsetHour * 60 + +offsetMinute) * 60_000 : 0;
  return date.getTime() + ((+hour * 60 + +minute) * 60 + +second + Number(fraction ?? 0)) * 1000 - offset;
}

export const written = (at) => new Date(at + CHINA).toISOString().replace("Z", "+08:00");
export const dayOf = (text) => written(milliseconds(text)).slice(0, 10);
