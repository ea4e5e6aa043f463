// Masking (rule 9, GB/T 41833-2022).  One masked form of a value, wherever it is shown.
const LETTER = /\p{L}/u;
const HAN = /\p{Script=Han}/u;

export const maskedContact = ({ name, phone, address }) => ({
  name: maskedName(name),
  phone: { number: maskedNumber(phone.number), kind: "masked" },
  address: maskedAddress(address),
});

// Nothing but the place: what lies below the district is left out.
export const maskedAddress = ({ province, city, district }) => ({ province, city, ...(district && { district }) });

// The first Han character (or letter) stays when there are others to hide.
export function maskedName(name) {
  const characters = [...name];
  const han = characters.filter((character) => HAN.test(character));
  const letters = han.length ? han : characters.filter((character) => LETTER.test(character));
  return letters.length > 1 ? `${letters[0]}**` : "***";
}

// The last two digits stay when at least six others are hidden; +86 isn't counted.
export function maskedNumber(number) {
  const digits = number.replace(/^\+86/, "").replaceAll(/\D/g, "");
  return digits.length >= 8 ? `******${digits.slice(-2)}` : "******";
}
