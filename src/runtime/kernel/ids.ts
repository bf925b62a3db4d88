import type { Ids } from "./service.ts";

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const base36Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Ids and randomness, repeatable from the seed; `now` dates trace ids in virtual time. */
export function createIds(seed: number, now: () => number): Ids {
  const next = sfc32(seed);
  let traces = 0;

  function hex8(): string {
    const bits = next();
    return byteHex(bits >>> 24) + byteHex((bits >>> 16) & 255) + byteHex((bits >>> 8) & 255) + byteHex(bits & 255);
  }

  function hex(digits: number): string {
    let text = "";
    while (text.length < digits) text += hex8();
    return text.length === digits ? text : text.slice(0, digits);
  }

  return {
    hex,
    uuid() {
      const digits = hex(32);
      const variant = "89ab"[Number.parseInt(digits.charAt(16), 16) & 3];
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
    base36(length) {
      let text = "";
      for (let index = 0; index < length; index++) text += base36Characters.charAt(next() % 36);
      return text;
    },
    random: () => next() / 0x1_0000_0000,
    // Counted within their second as well: ids that come in order go to the end of an index, where random ones rewrite all of it.
    traceId: () => `1-${hexOf(Math.floor(now() / 1000))}-${hexOf(traces++)}${hex(16)}`,
  };
}

/** 8 digits: what is beyond 32 bits begins again. */
function hexOf(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}

function byteHex(byte: number): string {
  return hexOfByte[byte] ?? "00";
}

/** Chris Doty-Humphrey's small fast counter generator: 32 bits a call, passes PractRand. */
function sfc32(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = Math.floor(seed / 0x1_0000_0000) | 0;
  let c = seed | 0;
  let counter = 1;
  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
  for (let round = 0; round < 15; round++) next();
  return next;
}
