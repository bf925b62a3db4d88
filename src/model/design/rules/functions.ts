import { lambdaLimits as limits } from "../../limits/lambda.ts";
import { lambdaRuntimes, type LambdaRuntime } from "../../limits/runtimes.ts";
import { isJsonObject } from "../../json.ts";
import { isFunctionType, isGlue } from "../kinds.ts";
import { referencesIn } from "../references.ts";
import { at, textOf, type ResourceView } from "../view.ts";
import { nearest } from "./references.ts";
import type { CheckInput, Finding } from "./report.ts";

/** What the local runtime has an interpreter for. */
const runsHere = /^(nodejs|python)/;

export function checkFunctions(input: CheckInput): void {
  for (const resource of input.view.resources.values()) {
    if (!isFunctionType(resource.type)) continue;
    checkRuntime(resource, input);
    checkEnvironmentSize(resource, input);
    checkEnvironmentNames(resource, input);
    checkCounts(resource, input);
    checkTrigger(resource, input);
  }
}

/** How long before a runtime's end it is said. */
const noticeDays = 90;

function checkRuntime(resource: ResourceView, { context, report }: CheckInput): void {
  const runtime = textOf(resource.properties["Runtime"]);
  if (runtime === undefined) return;
  const path = [...resource.path, "Properties", "Runtime"];
  const known = lambdaRuntimes.get(runtime);
  const today = context.today ?? new Date().toISOString().slice(0, 10);
  // Further images of known runtimes end like this.
  if (!known && !/^(nodejs|python|java|dotnet|ruby|provided)\S*\.al20\d\d$/.test(runtime)) {
    const open = [...lambdaRuntimes].filter(([, { createBlockedOn }]) => createBlockedOn === undefined || createBlockedOn > today);
    const near = nearest(
      runtime,
      open.map(([name]) => name),
    );
    report({
      severity: "error",
      rule: "design.unknown-runtime",
      message: `AWS has no runtime ${runtime}. Choose one such as nodejs24.x or python3.14.`,
      path,
      ...(near === undefined ? {} : fixRuntime(resource, near)),
    });
    return;
  }
  const end = known && endOf(known, today);
  if (end) {
    const use = known.successor === undefined ? "" : ` Use ${known.successor}.`;
    report({
      severity: end.isOver ? "warning" : "info",
      rule: "design.retired-runtime",
      message: `${end.words.replace("{}", runtime)}${use}`,
      path,
      ...(known.successor === undefined ? {} : fixRuntime(resource, known.successor)),
    });
  }
  if (!runsHere.test(runtime)) {
    report({
      severity: "info",
      rule: "design.not-run-locally",
      message: `${resource.id} is not run locally yet: its runtime is ${runtime}, and Node.js and Python run here.`,
      path,
    });
  }
}

function endOf({ deprecatedOn, createBlockedOn }: LambdaRuntime, today: string): { words: string; isOver: boolean } | undefined {
  if (createBlockedOn !== undefined && createBlockedOn <= today)
    return { words: `AWS takes no new functions with {} since ${createBlockedOn}.`, isOver: true };
  if (deprecatedOn === undefined) return undefined;
  const until = createBlockedOn === undefined ? "" : `; new functions are refused from ${createBlockedOn} on`;
  if (deprecatedOn <= today) return { words: `AWS no longer mends {} since ${deprecatedOn}${until}.`, isOver: true };
  const days = (Date.parse(deprecatedOn) - Date.parse(today)) / 86_400_000;
  return days > noticeDays ? undefined : { words: `AWS mends {} until ${deprecatedOn}${until}.`, isOver: false };
}

/** Only where the function says it itself: in Globals it concerns others too. */
function fixRuntime(resource: ResourceView, runtime: string): Pick<Finding, "fix"> {
  if (at(resource.written, "Properties", "Runtime") === undefined) return {};
  const command = { type: "setProperty" as const, id: resource.id, path: "Properties.Runtime", value: runtime };
  return { fix: { title: `Use ${runtime}`, command } };
}

function checkEnvironmentSize(resource: ResourceView, { report }: CheckInput): void {
  const variables = at(resource.properties, "Environment", "Variables");
  if (!isJsonObject(variables)) return;
  const bytes = new TextEncoder().encode(
    Object.entries(variables)
      .map(([name, value]) => name + (typeof value === "object" ? "" : String(value)))
      .join(""),
  ).length;
  const most = limits.environmentVariablesBytes.value;
  if (bytes <= most) return;
  const message = `The environment of ${resource.id} has ${bytes} bytes; ${most} are allowed, names and values together. Keep large values in a parameter or a file.`;
  report({ severity: "error", rule: "design.environment-too-large", message, path: [...resource.path, "Properties", "Environment"] });
}

/** Set by Lambda itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_DEFAULT_REGION|AWS_REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_FUNCTION_(NAME|MEMORY_SIZE|VERSION)|AWS_LAMBDA_INITIALIZATION_TYPE|AWS_LAMBDA_LOG_(GROUP|STREAM)_NAME|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_LAMBDA_RUNTIME_API|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

function checkEnvironmentNames(resource: ResourceView, { report }: CheckInput): void {
  const variables = at(resource.properties, "Environment", "Variables");
  if (!isJsonObject(variables)) return;
  for (const name of Object.keys(variables)) {
    const isReserved = reserved.test(name);
    if (!isReserved && (/^[a-zA-Z]\w+$/.test(name) || name.startsWith("Fn::") || name === "Ref")) continue;
    report({
      severity: "error",
      rule: "design.environment-name",
      message: isReserved
        ? `${name} of ${resource.id} is set by Lambda itself, and AWS refuses to set it. Choose another name.`
        : `${name} of ${resource.id} is no name for an environment variable: a letter first, then letters, digits and _, two or more in all.`,
      path: [...resource.path, "Properties", "Environment", "Variables", name],
      part: "key",
    });
  }
}

function checkCounts({ id, properties, path }: ResourceView, { report }: CheckInput): void {
  const layers = properties["Layers"];
  if (Array.isArray(layers) && layers.length > limits.layers.value) {
    const message = `${id} has ${layers.length} layers; AWS allows ${limits.layers.value}.`;
    report({ severity: "error", rule: "design.too-many", message, path: [...path, "Properties", "Layers"], part: "key" });
  }
  const texts = [
    ["Description", limits.descriptionCharacters],
    ["Handler", limits.handlerCharacters],
  ] as const;
  for (const [name, limit] of texts) {
    const length = textOf(properties[name])?.length ?? 0;
    if (length <= limit.value) continue;
    const message = `${name} of ${id} has ${length} characters; AWS allows ${limit.value}.`;
    report({ severity: "error", rule: "design.too-long", message, path: [...path, "Properties", name] });
  }
}

/** A function that nothing invokes is often one that was forgotten to connect. */
function checkTrigger(resource: ResourceView, { design, view, report }: CheckInput): void {
  if (design.connections.some((connection) => connection.to === resource.id)) return;
  const events = resource.properties["Events"];
  if (isJsonObject(events) && Object.keys(events).length > 0) return;
  if (resource.properties["FunctionUrlConfig"] !== undefined) return;
  const isWired = [...view.resources.values()].some(
    (other) => isGlue(other.type) && referencesIn(other.properties).some((reference) => reference.id === resource.id),
  );
  if (isWired) return;
  report({
    severity: "info",
    rule: "design.no-trigger",
    message: `Nothing invokes ${resource.id}: connect an API, a queue or another function to it, or invoke it yourself.`,
    path: resource.path,
  });
}
