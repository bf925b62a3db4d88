// An output of the SDK's schemas as Step Functions checks mocked results against it.
import type { NormalizedSchema } from "@smithy/core/schema";
import type { ResultMember, ResultShape } from "../../../../model/asl/validate/mockResult.ts";
import type { MemberConstraint, OutputConstraints } from "../../../../model/asl/validate/outputConstraints.ts";

export function resultShapeOf(schema: NormalizedSchema, constraints: OutputConstraints): ResultShape {
  return shapeOf(schema, constraints, undefined);
}

function shapeOf(schema: NormalizedSchema, constraints: OutputConstraints, constraint: MemberConstraint | undefined): ResultShape {
  if (schema.isStructSchema()) return { type: "structure", members: membersOf(schema, constraints) };
  if (schema.isListSchema()) return { type: "list", item: () => shapeOf(schema.getValueSchema(), constraints, constraint) };
  if (schema.isMapSchema()) return { type: "map", item: () => shapeOf(schema.getValueSchema(), constraints, constraint) };
  // Moments are texts in what states see.
  if (schema.isTimestampSchema()) return { type: "string" };
  if (schema.isStringSchema()) return constraint && isWords(constraint) ? { type: "string", values: constraint } : { type: "string" };
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema())
    return { type: "number", ...rangeOf(constraint) };
  if (schema.isBooleanSchema()) return { type: "boolean" };
  return { type: "any" };
}

function membersOf(schema: NormalizedSchema, constraints: OutputConstraints): ReadonlyMap<string, ResultMember> {
  const structure = schema.getName() ?? "";
  const required = requiredCount(schema);
  // The SDK lists required members first and says how many they are.
  return new Map(
    [...schema.structIterator()].map(([name, member], index) => {
      const constraint = constraints.get(`${structure}.${name}`);
      return [name, { isRequired: index < required, shape: () => shapeOf(member, constraints, constraint) }];
    }),
  );
}

function requiredCount(schema: NormalizedSchema): number {
  const raw: unknown = schema.getSchema();
  const count: unknown = Array.isArray(raw) ? raw[6] : undefined;
  return typeof count === "number" ? count : 0;
}

function isWords(constraint: MemberConstraint): constraint is readonly string[] {
  return typeof constraint[0] === "string";
}

function rangeOf(constraint: MemberConstraint | undefined): { minimum?: number; maximum?: number } {
  const [least, most] = constraint ?? [];
  return { ...(typeof least === "number" ? { minimum: least } : {}), ...(typeof most === "number" ? { maximum: most } : {}) };
}
