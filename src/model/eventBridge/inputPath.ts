// The JSON paths of EventBridge's input: `$.detail.items[0]`, `$['a b']`, and nothing that looks for more than one place.
import type { Json } from "../json.ts";

/** Keys and indexes from the root; undefined: the text is no such path. */
export function readInputPath(path: string): readonly (string | number)[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: (string | number)[] = [];
  const step = /\.([^.[\]'"*]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]|(\.\*|\[\*\])/y;
  step.lastIndex = 1;
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (found === null) return undefined;
    const [, name, index, quoted, doubleQuoted, all] = found;
    if (all !== undefined) return undefined;
    steps.push(index === undefined ? (name ?? quoted ?? doubleQuoted ?? "") : Number(index));
  }
  return steps;
}

/** What stands there; undefined: nothing. */
export function atInputPath(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value;
  for (const step of readInputPath(path) ?? []) {
    if (Array.isArray(found)) found = typeof step === "number" ? found[step] : undefined;
    else if (typeof found === "object" && found !== null) found = Object.hasOwn(found, String(step)) ? found[String(step)] : undefined;
    else return undefined;
  }
  return found;
}
