// Cyclic redundancy checks that Node does not have: CRC-32C and CRC-64/NVME, a byte at a time by table, eight bytes a turn.

export interface Crc {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

/** Tables for eight bytes a turn: https://create.stephan-brumme.com/crc32/#slicing-by-8-overview */
function slices32(polynomial: number): readonly Uint32Array[] {
  const tables = Array.from({ length: 8 }, () => new Uint32Array(256));
  const [first = new Uint32Array(256)] = tables;
  for (let index = 0; index < 256; index++) {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    first[index] = value;
  }
  for (let slice = 1; slice < 8; slice++)
    for (let index = 0; index < 256; index++) {
      const before = tables[slice - 1]?.[index] ?? 0;
      const table = tables[slice];
      if (table) table[index] = (before >>> 8) ^ (first[before & 255] ?? 0);
    }
  return tables;
}

let castagnoli: readonly Uint32Array[] | undefined;

export function crc32c(): Crc {
  castagnoli ??= slices32(0x82f63b78);
  const [t0, t1, t2, t3, t4, t5, t6, t7] = castagnoli as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  const at = (table: Uint32Array, index: number): number => table[index & 255] ?? 0;
  let crc = -1;
  return {
    update(bytes) {
      let position = 0;
      for (; position + 8 <= bytes.length; position += 8) {
        const one = crc ^ read32(bytes, position);
        const two = read32(bytes, position + 4);
        crc =
          at(t7, one) ^
          at(t6, one >>> 8) ^
          at(t5, one >>> 16) ^
          at(t4, one >>> 24) ^
          at(t3, two) ^
          at(t2, two >>> 8) ^
          at(t1, two >>> 16) ^
          at(t0, two >>> 24);
      }
      for (; position < bytes.length; position++) crc = (crc >>> 8) ^ at(t0, crc ^ (bytes[position] ?? 0));
    },
    digest() {
      const result = Buffer.alloc(4);
      result.writeUInt32BE(~crc >>> 0);
      return result;
    },
  };
}

/** Reflected polynomial of CRC-64/NVME, in two halves: JavaScript's bit operations end at 32 bits. */
const [polynomialHigh, polynomialLow] = [0x9a6c9329, 0xac4bc9b5];

interface Tables64 {
  /** Slice after slice, 256 entries each. */
  readonly high: Int32Array;
  readonly low: Int32Array;
}

let nvme: Tables64 | undefined;

function slices64(): Tables64 {
  const high = new Int32Array(8 * 256);
  const low = new Int32Array(8 * 256);
  for (let index = 0; index < 256; index++) {
    let [h, l] = [0, index];
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = (l & 1) === 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (isOdd) {
        h ^= polynomialHigh;
        l ^= polynomialLow;
      }
    }
    high[index] = h;
    low[index] = l;
  }
  for (let index = 256; index < 8 * 256; index++) {
    const [h, l] = [high[index - 256] ?? 0, low[index - 256] ?? 0];
    high[index] = (h >>> 8) ^ (high[l & 255] ?? 0);
    low[index] = ((l >>> 8) | (h << 24)) ^ (low[l & 255] ?? 0);
  }
  return { high, low };
}

export function crc64nvme(): Crc {
  nvme ??= slices64();
  const tables = nvme;
  let [crcHigh, crcLow] = [-1, -1];
  return {
    update(bytes) {
      let [h, l] = [crcHigh, crcLow];
      const { high, low } = tables;
      let position = 0;
      for (; position + 8 <= bytes.length; position += 8) {
        l ^= read32(bytes, position);
        h ^= read32(bytes, position + 4);
        const a = 1792 + (l & 255);
        const b = 1536 + ((l >>> 8) & 255);
        const c = 1280 + ((l >>> 16) & 255);
        const d = 1024 + (l >>> 24);
        const e = 768 + (h & 255);
        const f = 512 + ((h >>> 8) & 255);
        const g = 256 + ((h >>> 16) & 255);
        const i = h >>> 24;
        h =
          (high[a] ?? 0) ^
          (high[b] ?? 0) ^
          (high[c] ?? 0) ^
          (high[d] ?? 0) ^
          (high[e] ?? 0) ^
          (high[f] ?? 0) ^
          (high[g] ?? 0) ^
          (high[i] ?? 0);
        l = (low[a] ?? 0) ^ (low[b] ?? 0) ^ (low[c] ?? 0) ^ (low[d] ?? 0) ^ (low[e] ?? 0) ^ (low[f] ?? 0) ^ (low[g] ?? 0) ^ (low[i] ?? 0);
      }
      for (; position < bytes.length; position++) {
        const index = (l ^ (bytes[position] ?? 0)) & 255;
        l = ((l >>> 8) | (h << 24)) ^ (low[index] ?? 0);
        h = (h >>> 8) ^ (high[index] ?? 0);
      }
      [crcHigh, crcLow] = [h, l];
    },
    digest() {
      const result = Buffer.alloc(8);
      result.writeUInt32BE(~crcHigh >>> 0, 0);
      result.writeUInt32BE(~crcLow >>> 0, 4);
      return result;
    },
  };
}

function read32(bytes: Uint8Array, position: number): number {
  return (
    (bytes[position] ?? 0) | ((bytes[position + 1] ?? 0) << 8) | ((bytes[position + 2] ?? 0) << 16) | ((bytes[position + 3] ?? 0) << 24)
  );
}
