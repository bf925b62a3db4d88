/**
 * What CloudFormation and SAM say of a resource type's properties, reduced to what the rules ask: names, types, what is
 * required, which values there are. The data beside this file is made by scripts/specification.ts.
 */
export interface ResourceSchema extends Shape {
  /** Names for Fn::GetAtt; what is an attribute and no property is read-only. */
  readonly attributes: readonly string[];
  /** By name; a property's type `#Name` means one of these. */
  readonly definitions?: Readonly<Record<string, Shape>>;
}

/** A map with known keys. */
export interface Shape {
  readonly properties: Readonly<Record<string, PropertyType>>;
  readonly required?: readonly string[];
}

export type PropertyType =
  /**
   * `string`, `integer`, `number`, `boolean`, `json` (anything), `tag`, or a reference: `#Name` to a definition of the
   * same resource type, `#AWS::Lambda::Function.Name` to one of another.
   */
  | string
  /** One of these values. */
  | readonly (string | number)[]
  | { readonly list: PropertyType }
  | { readonly map: PropertyType }
  | { readonly any: readonly PropertyType[] };

/** By resource type. */
export type Specification = Readonly<Record<string, ResourceSchema>>;

export interface Schemas {
  schemaOf(type: string): ResourceSchema | undefined;
  /** The shape that a `#…` names, seen from a resource type, and the type that its own references are seen from. */
  definition(reference: string, from: string): { readonly shape: Shape; readonly owner: string } | undefined;
  /** Every resource type that AWS had when the data was made, also those without a schema here. */
  readonly typeNames: ReadonlySet<string>;
}

export function createSchemas(specifications: readonly Specification[], namesByService: Readonly<Record<string, string>>): Schemas {
  const types = new Map(specifications.flatMap((specification) => Object.entries(specification)));
  const others = Object.entries(namesByService).flatMap(([service, names]) => names.split(" ").map((name) => `${service}::${name}`));
  return {
    schemaOf: (type) => types.get(type),
    definition: (reference, from) => {
      const name = reference.slice(1);
      const dot = name.lastIndexOf(".");
      const owner = dot < 0 ? from : name.slice(0, dot);
      const shape = types.get(owner)?.definitions?.[name.slice(dot + 1)];
      return shape && { shape, owner };
    },
    typeNames: new Set([...types.keys(), ...others]),
  };
}

/** Arrays have a `map` of their own, so the forms cannot be told apart by their keys alone. */
export function isValues(type: PropertyType): type is readonly (string | number)[] {
  return Array.isArray(type);
}
