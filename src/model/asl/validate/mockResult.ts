// A mocked result against the output of the API that it stands for.
import { isJsonObject, type Json } from "../../json.ts";

export type FieldValidationMode = "STRICT" | "PRESENT" | "NONE";

/** The output of an API as its model describes it. Shapes can hold themselves, so members are asked for when they are needed. */
export type ResultShape =
  | { readonly type: "structure"; readonly members: ReadonlyMap<string, ResultMember> }
  | { readonly type: "list" | "map"; readonly item: () => ResultShape }
  | { readonly type: "string"; readonly values?: readonly string[] }
  | { readonly type: "number"; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: "boolean" | "any" };

export interface ResultMember {
  readonly shape: () => ResultShape;
  readonly isRequired: boolean;
}

/** The first fault, or undefined. Members are named as Step Functions names them, with a capital; unknown fields are no fault. */
export function mockResultFault(result: Json, shape: ResultShape, mode: "STRICT" | "PRESENT"): string | undefined {
  return faultOf(result, shape, mode, undefined);
}

function faultOf(value: Json, shape: ResultShape, mode: "STRICT" | "PRESENT", field: string | undefined): string | undefined {
  const about = (text: string): string => (field === undefined ? `Mock result ${text}` : `Field '${field}' ${text}`);
  switch (shape.type) {
    case "structure": {
      if (!isJsonObject(value)) return about("must be an object");
      for (const [name, member] of shape.members) {
        const written = capitalized(name);
        const content = value[written];
        if (content === undefined || content === null) {
          if (member.isRequired && mode === "STRICT") return `Required field '${written}' is missing`;
          continue;
        }
        const fault = faultOf(content, member.shape(), mode, written);
        if (fault !== undefined) return fault;
      }
      return undefined;
    }
    case "list":
      return Array.isArray(value) ? firstFault(value, shape.item, mode, field) : about("must be an array");
    case "map":
      return isJsonObject(value) ? firstFault(Object.values(value), shape.item, mode, field) : about("must be an object");
    case "string":
      if (typeof value !== "string") return about("must be a string");
      return shape.values && !shape.values.includes(value) ? about("is not an expected value") : undefined;
    case "number":
      if (typeof value !== "number") return about("must be a number");
      if (shape.minimum !== undefined && value < shape.minimum) return about("is less than the minimum value");
      return shape.maximum !== undefined && value > shape.maximum ? about("exceeds the maximum value") : undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : about("must be a boolean");
    case "any":
      return undefined;
  }
}

function firstFault(
  items: readonly Json[],
  item: () => ResultShape,
  mode: "STRICT" | "PRESENT",
  field: string | undefined,
): string | undefined {
  for (const value of items) {
    const fault = faultOf(value, item(), mode, field);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
