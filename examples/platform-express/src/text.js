// What texts may hold (rules 1.3, 7.5, 7.6).
import { codes } from "./documents.js";

const fold = (text) => text.normalize("NFKC").trim().toLowerCase();
const placeholders = new Set(codes("placeholders").words.map(fold));

export const isPlaceholder = (text) => placeholders.has(fold(text));
export const isBlank = (text) => /^\p{White_Space}*$/u.test(text);
export const hasForbiddenCharacter = (text) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) || !text.isWellFormed();

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

// Eight digits as a day of the years 1800 to 2099; 31 February would roll over.
function isDate(digits) {
  const [, year, month, day] = digits.match(/(\d{4})(\d\d)(\d\d)/).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && year < 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

// GB 11643: province, date of birth, and a check character at the end (rule 7.6).
export function hasIdentityNumber(text) {
  const numbers = text.normalize("NFKC").matchAll(/(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g);
  return [...numbers].some(([number]) => {
    if (!PROVINCE.test(number) || !isDate(number.slice(6, 14))) return false;
    const sum = WEIGHTS.reduce((total, weight, place) => total + weight * number[place], 0);
    return "10X98765432"[sum % 11] === number[17].toUpperCase();
  });
}
