// Reduces what botocore's service models say of inputs (lengths, ranges, patterns, allowed words) to the small files that the
// services check them by: `node scripts/node.mjs scripts/inputConstraints.ts <botocore/data> [service …]`. The AWS SDK's own schemas,
// which know all the rest of a shape, leave these out.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

const numbers: ReadonlySet<string> = new Set(["integer", "long", "float", "double"]);
const services = path.resolve(import.meta.dirname, "../src/runtime/services");
const [data = "", ...chosen] = process.argv.slice(2);

for (const service of chosen) {
  const version = readdirSync(path.join(data, service)).sort().at(-1) ?? "";
  const model = JSON.parse(gunzipSync(readFileSync(path.join(data, service, version, "service-2.json.gz"))).toString()) as Model;
  const names = readdirSync(path.join(services, service, "operations")).map((file) => file.replace(/\.ts$/, ""));
  const run = new Set(names.map((name) => name.charAt(0).toUpperCase() + name.slice(1)));
  writeFileSync(path.join(services, service, "inputConstraints.json"), `${JSON.stringify(reduce(model, run), null, 2)}\n`);
}

function reduce(model: Model, run: ReadonlySet<string>): object {
  const operations: Record<string, string> = {};
  const shapes: Record<string, object> = {};
  const take = (name: string): void => {
    const shape = model.shapes[name];
    if (shape === undefined || shapes[name] !== undefined) return;
    const { min, max, pattern, sensitive } = shape;
    const reduced: Record<string, unknown> = {
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
      ...(pattern !== undefined && { pattern }),
      ...(shape.enum !== undefined && { enum: shape.enum }),
      ...(sensitive === true && { isSensitive: true }),
      ...(numbers.has(shape.type) && (min !== undefined || max !== undefined) && { isNumber: true }),
      ...((shape.type === "double" || shape.type === "float") && { isDecimal: true }),
    };
    shapes[name] = reduced;
    const { members, required = [], member, key, value } = shape;
    if (members !== undefined) {
      reduced["members"] = Object.fromEntries(Object.entries(members).map(([one, { shape: of }]) => [one, of]));
      if (required.length > 0) reduced["required"] = required;
    }
    if (member !== undefined) reduced["list"] = member.shape;
    if (key !== undefined && value !== undefined) reduced["map"] = [key.shape, value.shape];
    for (const next of [...Object.values(members ?? {}), member, key, value]) if (next !== undefined) take(next.shape);
  };
  for (const [name, { input }] of Object.entries(model.operations)) {
    if (input === undefined || !run.has(name)) continue;
    operations[name] = input.shape;
    take(input.shape);
  }
  return { operations, shapes };
}
