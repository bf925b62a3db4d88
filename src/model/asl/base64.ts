// Base64 of UTF-8 text. Decoding forgives as AWS's does: what is not of the alphabet is skipped, padding ends the text.

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = new Map([...alphabet, "-", "_"].map((character, index) => [character, index < 64 ? index : index - 2]));

export function encodeBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.subarray(index, index + 3);
    encoded += letter(first >> 2) + letter(((first & 3) << 4) | ((second ?? 0) >> 4));
    encoded += second === undefined ? "=" : letter(((second & 15) << 2) | ((third ?? 0) >> 6));
    encoded += third === undefined ? "=" : letter(third & 63);
  }
  return encoded;
}

function letter(index: number): string {
  return alphabet[index] ?? "";
}

export function decodeBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text) {
    if (character === "=") break;
    const value = values.get(character);
    if (value === undefined) continue;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
