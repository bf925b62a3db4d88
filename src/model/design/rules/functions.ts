import { lambdaLimits as limits } from "../../limits/lambda.ts";
import { isJsonObject } from "../../json.ts";
import { isFunctionType, isGlue } from "../kinds.ts";
import { referencesIn } from "../references.ts";
import { at, textOf, type ResourceView } from "../view.ts";
import type { CheckInput } from "./report.ts";

/** Runtimes that AWS no longer takes for new functions. */
const retired =
  /^(nodejs(|4\.3(-edge)?|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x)|python(2\.7|3\.6|3\.7|3\.8|3\.9)|java8(\.al2)?|dotnet(core\d\.\d|5\.0|6|7)|ruby2\.[57]|ruby3\.2|go1\.x|provided)$/;
const known = /^(nodejs(20|22|24|26)\.x|python3\.1[0-5]|java(11|17|21|25)(\.al2023)?|dotnet(8|10)|ruby(3\.[34]|4\.0)|provided\.al20?2?3?)$/;
/** What the local runtime has an interpreter for. */
const runsHere = /^(nodejs|python)/;

export function checkFunctions(input: CheckInput): void {
  for (const resource of input.view.resources.values()) {
    if (!isFunctionType(resource.type)) continue;
    checkPackage(resource, input);
    checkRuntime(resource, input);
    checkEnvironmentSize(resource, input);
    checkTrigger(resource, input);
  }
}

/** A zip needs a runtime and a handler; an image has both inside. */
function checkPackage(resource: ResourceView, { report }: CheckInput): void {
  const { properties, id, path } = resource;
  if (properties["PackageType"] === "Image" || properties["ImageUri"] !== undefined || at(properties, "Code", "ImageUri") !== undefined)
    return;
  for (const name of ["Handler", "Runtime"]) {
    if (properties[name] !== undefined) continue;
    const example = name === "Handler" ? "the file and the exported function, such as index.handler" : "such as nodejs24.x";
    report({
      severity: "error",
      rule: "design.required-property",
      message: `${id} needs ${name}: ${example}. It may also stand in Globals.`,
      path: [...path, "Properties"],
    });
  }
}

function checkRuntime(resource: ResourceView, { report }: CheckInput): void {
  const runtime = textOf(resource.properties["Runtime"]);
  if (runtime === undefined) return;
  const path = [...resource.path, "Properties", "Runtime"];
  if (retired.test(runtime)) {
    const successor = runtime.startsWith("nodejs") ? "nodejs24.x" : runtime.startsWith("python") ? "python3.14" : undefined;
    report({
      severity: "warning",
      rule: "design.retired-runtime",
      message: `AWS takes no new functions with ${runtime}.${successor === undefined ? "" : ` Use ${successor}.`}`,
      path,
      ...(successor === undefined || at(resource.written, "Properties", "Runtime") === undefined
        ? {}
        : {
            fix: {
              title: `Use ${successor}`,
              command: { type: "setProperty", id: resource.id, path: "Properties.Runtime", value: successor },
            },
          }),
    });
  } else if (!known.test(runtime)) {
    report({
      severity: "error",
      rule: "design.unknown-runtime",
      message: `AWS has no runtime ${runtime}. Choose one such as nodejs24.x or python3.14.`,
      path,
    });
    return;
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
