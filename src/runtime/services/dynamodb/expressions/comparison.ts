import type { AttributeValue } from "../attributeValue.ts";
import { base64, compareValues, isEqual } from "../attributeValue.ts";
import type { Comparator } from "./syntax.ts";

// How values compare: in condition expressions, in PartiQL and in the parameters that both replaced.

export function compare(comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  // What is not there equals nothing, and so differs from everything.
  if (comparator === "<>") return !compare("=", left, right);
  if (left === undefined || right === undefined) return false;
  if (comparator === "=") return isEqual(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  switch (comparator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

export function beginsWith(value: AttributeValue | undefined, start: AttributeValue | undefined): boolean {
  if (value === undefined || start === undefined) return false;
  if ("S" in value && "S" in start) return value.S.startsWith(start.S);
  if ("B" in value && "B" in start) return Buffer.compare(value.B.subarray(0, start.B.byteLength), start.B) === 0;
  return false;
}

export function contains(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (value === undefined || part === undefined) return false;
  if ("S" in value) return "S" in part && value.S.includes(part.S);
  if ("B" in value) return "B" in part && Buffer.from(value.B).includes(Buffer.from(part.B));
  if ("SS" in value) return "S" in part && value.SS.includes(part.S);
  if ("NS" in value) return "N" in part && value.NS.includes(part.N);
  if ("BS" in value) return "B" in part && value.BS.map(base64).includes(base64(part.B));
  return "L" in value && value.L.some((element) => isEqual(element, part));
}

export function isOrdered(value: AttributeValue): boolean {
  return "S" in value || "N" in value || "B" in value;
}

/** What size() gives: characters, bytes or members. */
export function measure(value: AttributeValue): number | undefined {
  if ("S" in value) return value.S.length;
  if ("B" in value) return value.B.byteLength;
  if ("SS" in value) return value.SS.length;
  if ("NS" in value) return value.NS.length;
  if ("BS" in value) return value.BS.length;
  if ("L" in value) return value.L.length;
  if ("M" in value) return Object.keys(value.M).length;
  return undefined;
}
