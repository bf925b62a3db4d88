/** SHA-1 as hex digits. Not for secrets: SAM names versions and deployments by it, so that a change makes a new one. */
export function sha1(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const length = ((bytes.length + 8) >> 6) + 1;
  const words = new Uint32Array(length * 16);
  for (const [index, byte] of bytes.entries()) words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - (index % 4) * 8));
  words[bytes.length >> 2] = (words[bytes.length >> 2] ?? 0) | (0x80 << (24 - (bytes.length % 4) * 8));
  words[words.length - 1] = bytes.length * 8;
  words[words.length - 2] = Math.floor(bytes.length / 0x2000_0000);

  let [a0, b0, c0, d0, e0] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const schedule = new Uint32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d, e] = [a0, b0, c0, d0, e0];
    for (let round = 0; round < 80; round += 1) {
      const word =
        round < 16
          ? (words[block + round] ?? 0)
          : rotate((schedule[round - 3] ?? 0) ^ (schedule[round - 8] ?? 0) ^ (schedule[round - 14] ?? 0) ^ (schedule[round - 16] ?? 0), 1);
      schedule[round] = word;
      const [mix, constant] =
        round < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : round < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : round < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (rotate(a, 5) + mix + e + constant + word) >>> 0;
      [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
    }
    a0 = (a0 + a) >>> 0;
    b0 = (b0 + b) >>> 0;
    c0 = (c0 + c) >>> 0;
    d0 = (d0 + d) >>> 0;
    e0 = (e0 + e) >>> 0;
  }
  return [a0, b0, c0, d0, e0].map((part) => part.toString(16).padStart(8, "0")).join("");
}

function rotate(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0;
}
