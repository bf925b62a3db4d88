// What AWS's Java shows of itself: values in States.Format are written by `toString`, and the order of States.ArrayUnique is
// that of a `HashSet`.
import { entriesOf, isArrayValue, isNumberValue, isObjectValue, writeValue, type Value } from "./value.ts";

/** `{Arg1=1, Arg2=[a, null]}` */
export function javaText(value: Value): string {
  if (typeof value === "string") return value;
  if (isArrayValue(value)) return `[${value.map(javaText).join(", ")}]`;
  if (!isObjectValue(value)) return writeValue(value);
  return `{${entriesOf(value)
    .map(([key, member]) => `${key}=${javaText(member)}`)
    .join(", ")}}`;
}

/** The values once each, as a `HashSet` made of them would list them. */
export function javaSet(values: readonly Value[]): Value[] {
  let size = 16;
  while (size < Math.max(Math.trunc(values.length / 0.75) + 1, 16)) size *= 2;
  const buckets = new Map<number, Value[]>();
  for (const value of values) {
    const hash = javaHash(value);
    const place = (hash ^ (hash >>> 16)) & (size - 1);
    const bucket = buckets.get(place) ?? [];
    if (!bucket.some((other) => isJavaEqual(other, value))) bucket.push(value);
    buckets.set(place, bucket);
  }
  return [...buckets].toSorted(([left], [right]) => left - right).flatMap(([, bucket]) => bucket);
}

/** `hashCode` of the value's Java form. */
export function javaHash(value: Value): number {
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 1231 : 1237;
  if (typeof value === "string") return textHash(value);
  if (isNumberValue(value)) return numberHash(writeValue(value));
  if (isArrayValue(value)) return value.reduce<number>((hash, item) => (Math.imul(31, hash) + javaHash(item)) | 0, 1);
  return entriesOf(value).reduce((hash, [key, member]) => (hash + (textHash(key) ^ javaHash(member))) | 0, 0);
}

function textHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

/** Of an Integer, a Long, a BigInteger or a Double: the class that the number's text makes of it. */
function numberHash(text: string): number {
  if (/[.E]/.test(text)) {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, Number(text));
    return bits.getInt32(0) ^ bits.getInt32(4);
  }
  const number = BigInt(text);
  if (BigInt.asIntN(32, number) === number) return Number(number);
  if (BigInt.asIntN(64, number) === number) {
    const bits = BigInt.asUintN(64, number);
    return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)));
  }
  const size = number < 0n ? -number : number;
  let hash = 0;
  for (let words = size.toString(16), at = words.length % 8 || 8, start = 0; start < words.length; start = at, at += 8)
    hash = (Math.imul(31, hash) + Number.parseInt(words.slice(start, at), 16)) | 0;
  return number < 0n ? -hash | 0 : hash;
}

/** Numbers of different Java classes differ: 1 is not 1.0. */
function isJavaEqual(left: Value, right: Value): boolean {
  if (isNumberValue(left) && isNumberValue(right)) return writeValue(left) === writeValue(right);
  if (isArrayValue(left)) {
    return isArrayValue(right) && left.length === right.length && left.every((item, index) => isJavaEqual(item, right[index] ?? null));
  }
  if (!isObjectValue(left) || !isObjectValue(right)) return left === right;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isJavaEqual(left[key] ?? null, right[key] ?? null))
  );
}

/** `java.util.Random`: what seeded random numbers of both query languages come from. */
export class JavaRandom {
  private seed: bigint;

  constructor(seed: number) {
    this.seed = BigInt.asUintN(48, BigInt(Math.trunc(seed)) ^ multiplier);
  }

  private next(bits: number): number {
    this.seed = BigInt.asUintN(48, this.seed * multiplier + 0xbn);
    return Number(BigInt.asIntN(32, this.seed >> BigInt(48 - bits)));
  }

  /** At least 0, less than the bound. */
  nextInt(bound: number): number {
    if ((bound & -bound) === bound) return Number((BigInt(bound) * BigInt(this.next(31))) >> 31n);
    for (;;) {
      const bits = this.next(31);
      const value = bits % bound;
      if (bits - value + (bound - 1) < 2 ** 31) return value;
    }
  }

  nextDouble(): number {
    return (this.next(26) * 2 ** 27 + this.next(27)) / 2 ** 53;
  }
}

const multiplier = 0x5deece66dn;

/** A number as `States.MathAdd` and the others take it: how a `double` becomes an `int`. */
export function isJavaInt(number: number): boolean {
  return Number.isInteger(number) && number >= -(2 ** 31) && number < 2 ** 31;
}
