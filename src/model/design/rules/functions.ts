import { lambdaLimits as limits } from "../../limits/lambda.ts";
import { lambdaRuntimes, type LambdaRuntime } from "../../limits/runtimes.ts";
import { isJsonObject } from "../../json.ts";
import { isFunctionType, isGlue } from "../kinds.ts";
import { referencesIn } from "../references.ts";
import { at, textOf, type ResourceView } from "../view.ts";
import { nearest } from "./references.ts";
import type { CheckInput, Finding } from "./report.ts";
import { words, type Words } from "../../words.ts";

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
      message: words("AWS has no runtime {{runtime}}. Choose one such as nodejs24.x or python3.14.", { runtime }),
      path,
      ...(near === undefined ? {} : fixRuntime(resource, near)),
    });
    return;
  }
  const end = known && endOf(runtime, known, today);
  if (end) {
    const { successor } = known;
    report({
      severity: end.isOver ? "warning" : "info",
      rule: "design.retired-runtime",
      message: successor === undefined ? end.words : words("{{end}} Use {{successor}}.", { end: end.words, successor }),
      path,
      ...(successor === undefined ? {} : fixRuntime(resource, successor)),
    });
  }
  if (!runsHere.test(runtime)) {
    report({
      severity: "info",
      rule: "design.not-run-locally",
      message: words("{{resource}} is not run locally yet: its runtime is {{runtime}}, and Node.js and Python run here.", {
        resource: resource.id,
        runtime,
      }),
      path,
    });
  }
}

function endOf(
  runtime: string,
  { deprecatedOn, createBlockedOn }: LambdaRuntime,
  today: string,
): { words: Words; isOver: boolean } | undefined {
  if (createBlockedOn !== undefined && createBlockedOn <= today)
    return {
      words: words("AWS takes no new functions with {{runtime}} since {{createBlockedOn}}.", { runtime, createBlockedOn }),
      isOver: true,
    };
  if (deprecatedOn === undefined) return undefined;
  const until = createBlockedOn === undefined ? "" : words("; new functions are refused from {{createBlockedOn}} on", { createBlockedOn });
  if (deprecatedOn <= today)
    return {
      words: words("AWS no longer mends {{runtime}} since {{deprecatedOn}}{{until}}.", { runtime, deprecatedOn, until }),
      isOver: true,
    };
  const days = (Date.parse(deprecatedOn) - Date.parse(today)) / 86_400_000;
  return days > noticeDays
    ? undefined
    : { words: words("AWS mends {{runtime}} until {{deprecatedOn}}{{until}}.", { runtime, deprecatedOn, until }), isOver: false };
}

/** Only where the function says it itself: in Globals it concerns others too. */
function fixRuntime(resource: ResourceView, runtime: string): Pick<Finding, "fix"> {
  if (at(resource.written, "Properties", "Runtime") === undefined) return {};
  const command = { type: "setProperty" as const, id: resource.id, path: "Properties.Runtime", value: runtime };
  return { fix: { title: words("Use {{runtime}}", { runtime }), command } };
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
  const message = words(
    "The environment of {{resource}} has {{bytes}} bytes; {{most}} are allowed, names and values together. Keep large values in a parameter or a file.",
    { resource: resource.id, bytes, most },
  );
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
        ? words("{{name}} of {{resource}} is set by Lambda itself, and AWS refuses to set it. Choose another name.", {
            name,
            resource: resource.id,
          })
        : words(
            "{{name}} of {{resource}} is no name for an environment variable: a letter first, then letters, digits and _, two or more in all.",
            { name, resource: resource.id },
          ),
      path: [...resource.path, "Properties", "Environment", "Variables", name],
      part: "key",
    });
  }
}

function checkCounts({ id, properties, path }: ResourceView, { report }: CheckInput): void {
  const layers = properties["Layers"];
  if (Array.isArray(layers) && layers.length > limits.layers.value) {
    const message = words("{{id}} has {{count}} layers; AWS allows {{most}}.", { id, count: layers.length, most: limits.layers.value });
    report({ severity: "error", rule: "design.too-many", message, path: [...path, "Properties", "Layers"], part: "key" });
  }
  const texts = [
    ["Description", limits.descriptionCharacters],
    ["Handler", limits.handlerCharacters],
  ] as const;
  for (const [name, limit] of texts) {
    const length = textOf(properties[name])?.length ?? 0;
    if (length <= limit.value) continue;
    const message = words("{{name}} of {{id}} has {{length}} characters; AWS allows {{limit}}.", { name, id, length, limit: limit.value });
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
    message: words("Nothing invokes {{resource}}: connect an API, a queue or another function to it, or invoke it yourself.", {
      resource: resource.id,
    }),
    path: resource.path,
  });
}
