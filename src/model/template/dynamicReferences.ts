// Dynamic references, which CloudFormation replaces while it deploys: `{{resolve:ssm:/shop/url}}`. Here their values come from
// the parameters and secrets of the template itself, or from the user, as a parameter named like the reference.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { text } from "./functions.ts";
import type { Evaluation } from "./functions.ts";
import { type Words, words } from "../words.ts";

export interface StoredValues {
  /** By reference: `resolve:ssm:/shop/url`, `resolve:secretsmanager:shop` for a secret's whole text. */
  readonly given: Readonly<Record<string, string>>;
  /** Parameters and secrets of the template, by logical ID. */
  readonly resources: JsonObject;
  /** Of those, the ones being read: one whose value refers to itself has none. */
  readonly open: Set<string>;
}

const types: Readonly<Record<string, string>> = {
  ssm: "AWS::SSM::Parameter",
  "ssm-secure": "AWS::SSM::Parameter",
  secretsmanager: "AWS::SecretsManager::Secret",
};

/** Far above what a value holds; values that refer to values twice each would never end. */
const maxReads = 2_000;

/** Not yet known parts stand in the text as `${Name}`. */
const reference = /\{\{(resolve:([A-Za-z-]+):((?:[^{}]|\$\{[^{}]*\})+))\}\}/g;

export function isStored(type: Json | undefined): boolean {
  return Object.values(types).some((each) => each === type);
}

/** Whether a value is only known once a store has been asked. */
export function isDynamic(value: Json | undefined): boolean {
  return typeof value === "string" && value.includes("{{resolve:");
}

/** Names of values that the user gives for references, told from names of parameters by their colons. */
export function isDynamicName(name: string): boolean {
  return name.startsWith("resolve:");
}

/**
 * Names of the values that the references of a template ask for, in the order written, without those that its own parameters and
 * secrets give. `known`: what stands for `${Name}` in them; a name with an unknown part is left out.
 */
export function wantedValues(template: JsonObject, known: Readonly<Record<string, string>>): readonly string[] {
  const resources = isJsonObject(template.Resources) ? Object.values(template.Resources) : [];
  const own = new Set(
    resources.flatMap((resource) => {
      const name = isJsonObject(resource) && isJsonObject(resource.Properties) ? resource.Properties.Name : undefined;
      return isJsonObject(resource) && isStored(resource.Type) && typeof name === "string" ? [name] : [];
    }),
  );
  const names = new Set<string>();
  for (const written of textsIn(template)) {
    for (const [, , service = "", rest = ""] of written.matchAll(reference)) {
      const filled = rest.replace(/\$\{([^{}]*)\}/g, (whole, name: string) =>
        Object.hasOwn(known, name) ? (known[name] ?? whole) : whole,
      );
      if (types[service] === undefined || filled.includes("${")) continue;
      const { id, parts } = service === "secretsmanager" ? secretParts(filled) : { id: filled.replace(/:\d+$/, ""), parts: [] };
      if (own.has(id)) continue;
      const [, key = ""] = parts;
      names.add(key === "" ? `resolve:${service}:${id}` : `resolve:${service}:${id}:SecretString:${key}`);
    }
  }
  return [...names];
}

function* textsIn(value: Json): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}

/** The text with the values of its references; one without a value becomes a finding and stands as it is. */
export function resolveDynamic(written: string, at: Evaluation, path: TemplatePath): string {
  if (!isDynamic(written)) return written;
  return written.replace(reference, (whole, name: string, service: string, rest: string) => {
    if (types[service] === undefined) {
      at.fail(
        path,
        "template.dynamic-reference",
        words("{{reference}} names no service: ssm, ssm-secure and secretsmanager can be asked.", { reference: whole }),
      );
      return whole;
    }
    const found = service === "secretsmanager" ? secretValue(name, rest, at, path) : parameterValue(name, service, rest, at, path);
    return found ?? whole;
  });
}

/** What SSM's parameter of a name holds, as far as it is known here. */
export function storedParameter(name: string, at: Evaluation): string | undefined {
  return (
    at.scope.stored.given[`resolve:ssm:${name}`] ?? resourceValue(types.ssm, name, at, (properties, read) => read(properties.Value))?.value
  );
}

interface Found {
  readonly logicalId: string;
  readonly value: string | undefined;
}

function parameterValue(written: string, service: string, rest: string, at: Evaluation, path: TemplatePath): string | undefined {
  const [, name = rest] = /^(.*?)(?::\d+)?$/.exec(rest) ?? [];
  const { given } = at.scope.stored;
  const value = given[written] ?? given[`resolve:${service}:${name}`];
  if (value !== undefined) return value;
  const found = resourceValue(types.ssm, name, at, (properties, read) => read(properties.Value));
  if (found?.value !== undefined) return found.value;
  return at.fail(
    path,
    "template.dynamic-reference",
    found === undefined
      ? words("This template makes no SSM parameter named {{name}}. {{advice}}", { name, advice: advice(`resolve:${service}:${name}`) })
      : words("The value of {{logicalId}} is not known here. {{advice}}", {
          logicalId: found.logicalId,
          advice: advice(`resolve:${service}:${name}`),
        }),
  );
}

function secretValue(written: string, rest: string, at: Evaluation, path: TemplatePath): string | undefined {
  const { id, parts } = secretParts(rest);
  const [kind = "SecretString", key = ""] = parts;
  if (kind !== "SecretString") {
    return at.fail(
      path,
      "template.dynamic-reference",
      words("{{reference}} asks for {{kind}}: of a secret only its SecretString can be had.", { reference: `{{${written}}}`, kind }),
    );
  }
  const { given } = at.scope.stored;
  const name = `resolve:secretsmanager:${id}`;
  const exact = given[written] ?? (key === "" ? undefined : given[`${name}:SecretString:${key}`]);
  if (exact !== undefined) return exact;
  const found: Found | undefined =
    given[name] === undefined ? resourceValue(types.secretsmanager, id, at, secretText) : { logicalId: id, value: given[name] };
  const wanted = key === "" ? name : `${name}:SecretString:${key}`;
  if (found === undefined) {
    return at.fail(
      path,
      "template.dynamic-reference",
      words("This template makes no secret named {{id}}. {{advice}}", { id, advice: advice(wanted) }),
    );
  }
  const value = found.value === undefined || key === "" ? found.value : fieldOf(found.value, key);
  if (value !== undefined) return value;
  return at.fail(
    path,
    "template.dynamic-reference",
    found.value === undefined || key === ""
      ? words("What the secret {{logicalId}} holds is made by AWS. {{advice}}", { logicalId: found.logicalId, advice: advice(wanted) })
      : words("The secret {{logicalId}} has no key {{key}} that is known here. {{advice}}", {
          logicalId: found.logicalId,
          key,
          advice: advice(wanted),
        }),
  );
}

function advice(name: string): Words {
  return words('Give its value to run locally: --parameter "{{name}}=…".', { name });
}

/** A secret is named, or given by its ARN, which has colons of its own. */
function secretParts(rest: string): { readonly id: string; readonly parts: readonly string[] } {
  const parts = rest.split(":");
  const length = parts[0] === "arn" ? 7 : 1;
  return { id: parts.slice(0, length).join(":"), parts: parts.slice(length) };
}

function fieldOf(json: string, key: string): string | undefined {
  try {
    const parsed = JSON.parse(json) as Json;
    const value = isJsonObject(parsed) && Object.hasOwn(parsed, key) ? parsed[key] : undefined;
    return value === undefined || value === null ? undefined : text(value);
  } catch {
    // A secret may be any text; then it has no keys.
    return undefined;
  }
}

type Read = (value: Json | undefined) => string | undefined;

/** Its text, or the part of it that is written when AWS makes up the rest. */
function secretText(properties: JsonObject, read: Read): string | undefined {
  if (properties.SecretString !== undefined) return read(properties.SecretString);
  const generated = properties.GenerateSecretString;
  return isJsonObject(generated) ? read(generated.SecretStringTemplate) : undefined;
}

/** The value of the template's resource with a name; its findings are its own and told where it stands. */
function resourceValue(
  type: string | undefined,
  name: string,
  at: Evaluation,
  valueOf: (properties: JsonObject, read: Read) => string | undefined,
): Found | undefined {
  const { resources, open } = at.scope.stored;
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (!isJsonObject(resource) || resource.Type !== type || open.has(logicalId) || at.budget.reads > maxReads) continue;
    at.budget.reads += 1;
    const condition = at.scope.conditionOf.get(logicalId);
    const path = ["Resources", logicalId];
    if (condition !== undefined && !at.quietly().holds(condition, [...path, "Condition"])) continue;
    open.add(logicalId);
    const quiet = at.quietly();
    const read: Read = (value) => {
      const known = value === undefined ? undefined : quiet.evaluate(value, path);
      const found = known === undefined || known === null ? undefined : text(known);
      // One that has a reference without a value in it has none itself.
      return found?.includes("{{resolve:") ? undefined : found;
    };
    const properties = isJsonObject(resource.Properties) ? resource.Properties : {};
    const names = [`\${${logicalId}}`, at.scope.references.ref(logicalId), read(properties.Name)];
    const isMeant = names.includes(name) || (name.startsWith("arn:") && read(properties.Name) === nameInArn(name));
    const value = isMeant ? valueOf(properties, read) : undefined;
    open.delete(logicalId);
    if (!isMeant) continue;
    at.uses.add(logicalId);
    return { logicalId, value };
  }
  return undefined;
}

/** `arn:aws:secretsmanager:region:account:secret:name-a1b2c3`, `arn:aws:ssm:region:account:parameter/name`. */
function nameInArn(arn: string): string {
  const last = arn.split(":").slice(5).join(":");
  return last.startsWith("secret:") ? last.slice("secret:".length).replace(/-[A-Za-z0-9]{6}$/, "") : last.replace(/^parameter/, "");
}
