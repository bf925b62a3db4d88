import type { Schemas } from "../../schema/schema.ts";
import { distance } from "./references.ts";
import { words, type Words } from "../../words.ts";

/** The end of a sentence about a type that AWS does not know, as far as its list of types goes; types of others are not AWS's to know. */
export function doubtOf(type: string, schemas: Schemas | undefined): Words | undefined {
  if (!schemas || !type.startsWith("AWS::") || type.endsWith("::MODULE") || schemas.typeNames.has(type)) return undefined;
  const meant = nearestType(type, schemas.typeNames);
  return meant === undefined
    ? words(", which was not among AWS's types when Contrail was made. Look for its name.")
    : words(". Did you mean {{meant}}?", { meant });
}

/** With two letters wrong or fewer; no two types of AWS are that close. */
function nearestType(type: string, names: ReadonlySet<string>): string | undefined {
  const lower = type.toLowerCase();
  for (const name of names) if (Math.abs(name.length - type.length) <= 2 && distance(lower, name.toLowerCase(), 2) <= 2) return name;
  return undefined;
}
