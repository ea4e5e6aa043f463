// What texts may hold (rules 1.3, 7.5, 7.6).
import { codes } from "./documents.js";

const fold = (text) => text.normalize("NFKC").trim().toLowerCase();
const placeholders = new Set(codes("placeholders").words.map(fold));

export const isPlaceholder = (text) => placeholders.has(fold(text));
export const isBlank = (text) => /^\p{White_Space}*$/u.test(text);
export const hasForbiddenCharacter = (text) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) || !text.isWellFormed();

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

// GB 11643: seventeen digits and a check character.
export function hasIdentityNumber(text) {
  const numbers = text.normalize("NFKC").matchAll(/(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g);
  return [...numbers].some(([number]) => {
    const sum = WEIGHTS.reduce((total, weight, place) => total + weight * number[place], 0);
    return "10X98765432"[sum % 11] === number[17].toUpperCase();
  });
}
