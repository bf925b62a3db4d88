// IP addresses and the networks that the `cidr` of an event pattern names.

export interface Network {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

export function isInNetwork(text: string, network: Network): boolean {
  const address = readAddress(text);
  return address !== undefined && address.bits === network.bits && address.value >= network.first && address.value <= network.last;
}

/** Throws an Error with AWS's words. */
export function readNetwork(text: string): Network {
  const parts = text.split("/");
  const [given = "", mask = ""] = parts;
  if (parts.length !== 2) throw new Error("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(mask)) throw new Error("Malformed CIDR, mask bits must be an integer");
  const address = readAddress(given);
  if (address === undefined) throw new Error(`Nonstandard IP address: ${given}`);
  const { bits, value } = address;
  const fixed = Number(mask);
  if (fixed < 0) throw new Error("Malformed CIDR, mask bits must not be negative");
  if (fixed > bits) throw new Error(`IPv${bits === 32 ? 4 : 6} mask bits must be < ${bits + 1}`);
  const free = BigInt(bits - fixed);
  const first = (value >> free) << free;
  return { bits, first, last: first + (1n << free) - 1n };
}

/** The network of this address alone; undefined: the text is no address. */
export function networkOfAddress(text: string): Network | undefined {
  const address = readAddress(text);
  return address === undefined ? undefined : { bits: address.bits, first: address.value, last: address.value };
}

function readAddress(text: string): { readonly bits: 32 | 128; readonly value: bigint } | undefined {
  if (!text.includes(":")) {
    const value = readFour(text);
    return value === undefined ? undefined : { bits: 32, value };
  }
  const value = readSix(text);
  return value === undefined ? undefined : { bits: 128, value };
}

function readFour(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function readSix(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [before, after] = halves.map(groupsOf);
  if (before === undefined || (halves.length === 2 && after === undefined)) return undefined;
  const missing = 8 - before.length - (after?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...before, ...Array<bigint>(missing).fill(0n), ...(after ?? [])].reduce((value, group) => value * 65_536n + group, 0n);
}

/** Groups of 16 bits; the last may be an IPv4 address, which stands for two. */
function groupsOf(text: string): bigint[] | undefined {
  if (text === "") return [];
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const four = index === parts.length - 1 && part.includes(".") ? readFour(part) : undefined;
    if (four !== undefined) groups.push(four >> 16n, four & 65_535n);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
