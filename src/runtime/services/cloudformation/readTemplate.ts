import type { Json, JsonObject } from "../../../model/json.ts";
import { isJsonObject } from "../../../model/json.ts";
import type { Problem } from "../../../model/problem.ts";
import { ruleFindings } from "../../../model/template/assertions.ts";
import { dependenciesOf, deployOrder, missingTargets } from "../../../model/template/dependencies.ts";
import type { LocalAssets } from "../../../model/template/assets.ts";
import type { TemplateDocument } from "../../../model/template/document.ts";
import { expandTemplate } from "../../../model/template/expand.ts";
import { parseTemplate } from "../../../model/template/parseTemplate.ts";
import {
  conditionFindings,
  evaluateCondition,
  locateFindings,
  resolveValue,
  type References,
  type ResolveFinding,
  type Scope,
} from "../../../model/template/resolve.ts";
import { createScope } from "../../../model/template/scope.ts";
import { sectionFindings } from "../../../model/template/sections.ts";
import { DeployError } from "../../kernel/deployment.ts";
import { projectDocuments } from "./projectDocuments.ts";
import { resourcesIn } from "./stackStore.ts";
import { transformTemplate } from "./transformTemplate.ts";

export interface TemplateSource {
  /** Folder of the template; null where there is none. */
  readonly projectDirectory: string | null;
  readonly templatePath: string;
  readonly templateText: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly stackName: string;
  readonly stackId: string;
  readonly region: string;
  readonly accountId: string;
  readonly assets?: LocalAssets;
}

export interface PlannedResource {
  readonly logicalId: string;
  readonly designId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
}

/** A template made ready to deploy: transformed, conditions decided, in the order of its dependencies. */
export interface ReadTemplate {
  readonly document: TemplateDocument;
  readonly processed: JsonObject;
  readonly scope: Scope;
  /** Dependencies first. */
  readonly resources: readonly PlannedResource[];
  readonly outputs: readonly {
    readonly key: string;
    readonly value: Json;
    readonly description: string | null;
    readonly exportName: Json | undefined;
  }[];
  readonly parameterDeclarations: JsonObject;
  /** Files beside the template that it was made with, relative to the project's folder. */
  readonly files: readonly string[];
  /** Warnings; errors are thrown. */
  readonly problems: readonly Problem[];
}

/** Throws DeployError with every problem that keeps the template from being deployed. */
export function readTemplate(source: TemplateSource, references: References): ReadTemplate {
  const document = parseTemplate(source.templateText, source.templatePath);
  refuse(source.templatePath, document.problems);
  const documents = projectDocuments(source.projectDirectory);
  const expanded = expandTemplate(document.value, { ...source, readDocument: documents.read });
  refuse(source.templatePath, locateFindings(document, expanded.findings));
  const outline = locateFindings(document, sectionFindings(expanded.template));
  refuse(source.templatePath, outline);
  const transformed = transformTemplate(document, source, documents);
  refuse(source.templatePath, transformed.problems);
  const { processed } = transformed;
  const { scope, findings } = createScope(processed, { ...source, references });
  refuse(
    source.templatePath,
    locateFindings(
      document,
      findings.filter((finding) => finding.rule !== "template.unknown-parameter"),
    ),
  );

  const conditionProblems: ResolveFinding[] = [...conditionFindings(scope)];
  const rules = locateFindings(document, ruleFindings(processed, scope));
  refuse(source.templatePath, rules);

  const holds = (body: JsonObject, path: readonly string[]): boolean => {
    const condition = body["Condition"];
    if (typeof condition !== "string") return true;
    const evaluated = evaluateCondition(condition, scope, [...path, "Condition"]);
    conditionProblems.push(...evaluated.findings);
    return evaluated.isTrue;
  };
  const bodies = Object.fromEntries(Object.entries(resourcesIn(processed)).filter(([id, body]) => holds(body, ["Resources", id])));
  const order = deployOrder(bodies, scope);
  const written = isJsonObject(processed["Outputs"]) ? processed["Outputs"] : {};
  const outputBodies = Object.fromEntries(
    Object.entries(written).filter(
      (entry): entry is [string, JsonObject] => isJsonObject(entry[1]) && holds(entry[1], ["Outputs", entry[0]]),
    ),
  );
  const missing = missingTargets(bodies, outputBodies, scope);
  const outputs = Object.entries(outputBodies).flatMap(([key, output]) => {
    const exported = output["Export"];
    return [
      {
        key,
        value: output["Value"] ?? null,
        description: typeof output["Description"] === "string" ? output["Description"] : null,
        exportName: isJsonObject(exported) ? exported["Name"] : undefined,
      },
    ];
  });
  refuse(
    source.templatePath,
    locateFindings(
      document,
      [...conditionProblems, ...missing, ...order.findings].map((finding) => inDesign(finding, transformed.designId)),
    ),
  );

  return {
    document,
    processed,
    scope,
    outputs,
    files: [...documents.asked],
    resources: order.order.flatMap((id) => {
      const body = bodies[id];
      return body === undefined ? [] : [plannedResource(id, body, bodies, scope, transformed.designId(id))];
    }),
    parameterDeclarations: isJsonObject(processed["Parameters"]) ? processed["Parameters"] : {},
    problems: [
      ...document.problems,
      ...outline,
      ...rules,
      ...transformed.problems,
      ...locateFindings(document, findings, "warning"),
    ].filter((problem) => problem.severity !== "error"),
  };
}

/** Throws when one of the problems is an error; the message names the first. */
export function refuse(templatePath: string, problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  const place = first.range === undefined ? "" : `:${first.range.start.line}:${first.range.start.column}`;
  throw new DeployError(`${templatePath}${place}: ${first.message}${more}`, problems);
}

function plannedResource(logicalId: string, body: JsonObject, bodies: JsonObject, scope: Scope, designId: string): PlannedResource {
  const policy = (name: string): string => {
    const { value } = resolveValue(body[name] ?? null, scope);
    return typeof value === "string" ? value : "Delete";
  };
  return {
    logicalId,
    designId,
    type: String(body["Type"]),
    properties: isJsonObject(body["Properties"]) ? body["Properties"] : {},
    metadata: isJsonObject(body["Metadata"]) ? body["Metadata"] : {},
    dependsOn: dependenciesOf(body, bodies, scope),
    deletionPolicy: policy("DeletionPolicy"),
    updateReplacePolicy: policy("UpdateReplacePolicy"),
  };
}

/** A finding about a resource that SAM made, told of the one that it was made from. */
function inDesign(finding: ResolveFinding, designId: (logicalId: string) => string): ResolveFinding {
  const [section, id, ...rest] = finding.path;
  if (section !== "Resources" || typeof id !== "string") return finding;
  const origin = designId(id);
  return { ...finding, path: origin === id ? ["Resources", id, ...rest] : ["Resources", origin] };
}
