/** What Fn::Cidr gives: `count` blocks cut from a block, each with `hostBits` bits for hosts. undefined: they do not fit. */
export function cidrBlocks(block: string, count: number, hostBits: number | undefined): string[] | undefined {
  const [address, lengthText] = block.split("/");
  if (address === undefined || lengthText === undefined || !Number.isInteger(count) || count < 1 || count > 256) return undefined;
  const isV6 = address.includes(":");
  const width = isV6 ? 128 : 32;
  const bits = hostBits ?? (isV6 ? 64 : 8);
  const base = isV6 ? parseV6(address) : parseV4(address);
  const length = Number(lengthText);
  if (base === undefined || !Number.isInteger(bits) || bits < 1 || bits > width - length) return undefined;
  const size = 1n << BigInt(bits);
  const start = (base >> BigInt(width - length)) << BigInt(width - length);
  if (BigInt(count) * size > 1n << BigInt(width - length)) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const at = start + size * BigInt(index);
    return `${isV6 ? formatV6(at) : formatV4(at)}/${width - bits}`;
  });
}

function parseV4(address: string): bigint | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
}

function parseV6(address: string): bigint | undefined {
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = tail === undefined ? 0 : 8 - left.length - right.length;
  const parts = [...left, ...Array.from({ length: Math.max(0, middle) }, () => "0"), ...right];
  if (parts.length !== 8 || parts.some((part) => !/^[0-9a-fA-F]{1,4}$/.test(part))) return undefined;
  return parts.reduce((sum, part) => (sum << 16n) + BigInt(`0x${part}`), 0n);
}

function formatV6(value: bigint): string {
  const parts = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  return parts.join(":").replace(/(^|:)0(:0)+(:|$)/, "::");
}
