import type { Problem } from "../problem.ts";
import type { TemplateDocument } from "../template/document.ts";
import type { Design } from "./design.ts";
import { checkAccess } from "./rules/access.ts";
import { checkApis } from "./rules/apis.ts";
import { checkDistributions } from "./rules/distributions.ts";
import { checkFunctionCalls } from "./rules/functionCalls.ts";
import { checkFunctions } from "./rules/functions.ts";
import { checkHandlers } from "./rules/handlers.ts";
import { checkNames } from "./rules/names.ts";
import { checkNestedStacks } from "./rules/nestedStacks.ts";
import { checkObserved } from "./rules/observed.ts";
import { checkOutline, checkTransform } from "./rules/outline.ts";
import { checkOutputs } from "./rules/outputs.ts";
import { checkPackages } from "./rules/packages.ts";
import { checkParameters } from "./rules/parameters.ts";
import { checkPolicies } from "./rules/policies.ts";
import { checkProperties } from "./rules/properties.ts";
import { checkQueues } from "./rules/queues.ts";
import { checkReferences } from "./rules/references.ts";
import { reporter, type Check } from "./rules/report.ts";
import { checkRetention } from "./rules/retention.ts";
import { checkSchedules } from "./rules/schedules.ts";
import { checkSchemas } from "./rules/schema.ts";
import { checkStreams } from "./rules/streams.ts";
import { checkTables } from "./rules/tables.ts";
import { checkTemplateLimits } from "./rules/templateLimits.ts";
import { checkUnused } from "./rules/unused.ts";
import { checkUses } from "./rules/uses.ts";
import { viewTemplate, type DesignContext } from "./view.ts";
import { workflowProblems } from "./workflows/workflowProblems.ts";

const checks: readonly Check[] = [
  checkOutline,
  checkParameters,
  checkReferences,
  checkFunctionCalls,
  checkProperties,
  checkSchemas,
  checkRetention,
  checkFunctions,
  checkPackages,
  checkHandlers,
  checkQueues,
  checkStreams,
  checkTables,
  checkApis,
  checkDistributions,
  checkNames,
  checkNestedStacks,
  checkSchedules,
  checkPolicies,
  checkAccess,
  checkObserved,
  checkUses,
  checkOutputs,
  checkUnused,
  checkTemplateLimits,
];

/**
 * What is wrong or doubtful about a design and about the definitions of its state machines, beyond what the template's own syntax says.
 * In the order of the text.
 */
export function designProblems(document: TemplateDocument, design: Design, context: DesignContext): Problem[] {
  const judging = judgeDesign(document, design, context);
  for (;;) {
    const { done, value } = judging.next();
    if (done === true) return value;
  }
}

/** As `designProblems`, a step at a time: for who must answer others between them. */
export function* judgeDesign(document: TemplateDocument, design: Design, context: DesignContext): Generator<undefined, Problem[]> {
  const problems: Problem[] = [];
  const view = viewTemplate(document.value, context);
  const report = reporter(document, view, problems);
  const input = { document, design, view, context, report };
  yield;
  for (const check of checks) {
    check(input);
    yield;
  }
  checkTransform(input, [...problems]);
  yield;
  problems.push(...workflowProblems(design, document, (path) => context.readText?.(path)));
  return problems.sort((a, b) => (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0));
}
