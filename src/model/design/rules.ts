import type { Problem } from "../problem.ts";
import type { TemplateDocument } from "../template/document.ts";
import { createScope } from "../template/scope.ts";
import { symbolicReferences } from "../template/resolve.ts";
import type { Design } from "./design.ts";
import { checkAccess } from "./rules/access.ts";
import { checkApis } from "./rules/apis.ts";
import { checkDistributions } from "./rules/distributions.ts";
import { checkFunctions } from "./rules/functions.ts";
import { checkHandlers } from "./rules/handlers.ts";
import { checkProperties } from "./rules/properties.ts";
import { checkQueues } from "./rules/queues.ts";
import { checkReferences } from "./rules/references.ts";
import { reporter, type Check } from "./rules/report.ts";
import { checkTables } from "./rules/tables.ts";
import { checkUses } from "./rules/uses.ts";
import { viewTemplate, type DesignContext } from "./view.ts";

const checks: readonly Check[] = [
  checkParameters,
  checkReferences,
  checkProperties,
  checkFunctions,
  checkHandlers,
  checkQueues,
  checkTables,
  checkApis,
  checkDistributions,
  checkAccess,
  checkUses,
];

/** What is wrong or doubtful about a design, beyond what the template's own syntax says. In the order of the text. */
export function designProblems(document: TemplateDocument, design: Design, context: DesignContext): Problem[] {
  const problems: Problem[] = [];
  const view = viewTemplate(document.value, context);
  const report = reporter(document, view, problems);
  for (const check of checks) check({ document, design, view, context, report });
  return problems.sort((a, b) => (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0));
}

/** Values that parameters lack or may not have; deploying says the same. */
function checkParameters({ document, view, context, report }: Parameters<Check>[0]): void {
  const { findings } = createScope(document.value, {
    parameters: context.parameters ?? {},
    region: context.region ?? "us-east-1",
    accountId: context.accountId ?? "000000000000",
    stackName: context.stackName ?? "stack",
    references: symbolicReferences(view.ids),
  });
  for (const finding of findings) report({ severity: "error", rule: finding.rule, message: finding.message, path: finding.path });
}
