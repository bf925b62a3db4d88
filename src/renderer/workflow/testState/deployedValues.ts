// Fills a written definition's `${Name}` and intrinsic functions with what the deployed definition has in their places.
import { ExactNumber } from "../../../model/asl/number.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";

export interface Filled {
  readonly value: Json;
  /** What is not known before it is deployed, as it is written. */
  readonly open: readonly string[];
}

/** By what stands for it: `${ShipArn}`, or an intrinsic function as JSON. */
export type DeployedValues = ReadonlyMap<string, Json>;

/** A value holds wherever its name stands, so one place that was deployed is enough. */
export function deployedValues(written: Json, deployed: Json | undefined): DeployedValues {
  const values = new Map<string, Json>();
  collect(written, deployed, values);
  return values;
}

function collect(written: Json, deployed: Json | undefined, values: Map<string, Json>): void {
  if (deployed === undefined) return;
  if (isIntrinsic(written)) values.set(JSON.stringify(written), deployed);
  else if (Array.isArray(written)) {
    if (Array.isArray(deployed)) written.forEach((item, index) => collect(item, deployed[index], values));
  } else if (isJsonObject(written)) {
    if (isJsonObject(deployed)) for (const [name, member] of Object.entries(written)) collect(member, deployed[name], values);
  } else if (typeof written === "string" && typeof deployed === "string") collectText(written, deployed, values);
  // `"Seconds": ${Wait}`: a number stands there without quotes
  else if (typeof written === "string" && onlyPlaceholder.test(written)) values.set(written, deployed);
}

/** `Condition` alone is no function here: it is a member of a rule. */
function isIntrinsic(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const [key, ...more] = Object.keys(value);
  return key !== undefined && more.length === 0 && (key === "Ref" || key.startsWith("Fn::"));
}

const onlyPlaceholder = /^\$\{[^}]+\}$/;
const placeholder = /\$\{[^}]+\}/g;

function collectText(written: string, deployed: string, values: Map<string, Json>): void {
  const names = written.match(placeholder);
  if (names === null) return;
  const pattern = written.split(placeholder).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const match = new RegExp(`^${pattern.join("([^]*?)")}$`).exec(deployed);
  names.forEach((name, index) => {
    const value = match?.[index + 1];
    if (value !== undefined && value !== name) values.set(name, value);
  });
}

export function fillDeployed(written: Json, values: DeployedValues): Filled {
  const open = new Set<string>();
  const fill = (value: Json): Json => {
    if (isIntrinsic(value)) {
      const known = values.get(JSON.stringify(value));
      if (known === undefined) open.add(JSON.stringify(value));
      return known ?? value;
    }
    if (value instanceof ExactNumber) return value;
    if (Array.isArray(value)) return value.map(fill);
    if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member)]));
    if (typeof value !== "string") return value;
    const whole = onlyPlaceholder.test(value) ? values.get(value) : undefined;
    if (whole !== undefined) return whole;
    return value.replace(placeholder, (name) => {
      const known = values.get(name);
      if (known === undefined) open.add(name);
      return known === undefined ? name : typeof known === "string" ? known : JSON.stringify(known);
    });
  };
  const value = fill(written);
  return { value, open: [...open] };
}
