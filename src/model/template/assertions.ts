// The Rules of a template: assertions about its parameters that CloudFormation checks before it makes anything.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { isTrue } from "./conditions.ts";
import { beginEvaluation } from "./resolve.ts";
import type { ResolveFinding, Scope } from "./resolve.ts";
import { type WordsValue, said, words } from "../words.ts";

export function ruleFindings(template: JsonObject, scope: Scope): readonly ResolveFinding[] {
  const { at, findings } = beginEvaluation(scope);
  const failed: ResolveFinding[] = [];
  const rules = isJsonObject(template.Rules) ? template.Rules : {};
  for (const [name, rule] of Object.entries(rules)) {
    const path = ["Rules", name];
    if (!isJsonObject(rule) || !Array.isArray(rule.Assertions)) {
      failed.push({
        rule: "template.rule",
        ...said(words("The rule {{name}} needs Assertions, a list with an Assert each.", { name })),
        path,
      });
      continue;
    }
    const { RuleCondition: condition, Assertions: assertions } = rule;
    const applies = condition === undefined ? true : isTrue(condition, at, [...path, "RuleCondition"], true);
    if (applies === false) continue;
    for (const [index, assertion] of assertions.entries()) {
      const where = [...path, "Assertions", index];
      const before = findings.length;
      const outcome = isJsonObject(assertion) ? isTrue(assertion.Assert ?? null, at, [...where, "Assert"], true) : undefined;
      if (outcome === true || findings.length > before) continue;
      const description = descriptionOf(assertion);
      if (outcome === false && applies === true) {
        failed.push({
          rule: "template.rule",
          ...said(words("The rule {{name}} does not hold: {{description}}", { name, description })),
          path: [...where, "Assert"],
        });
      } else {
        failed.push({
          rule: "template.rule-unknown",
          severity: "info",
          ...said(
            words("The rule {{name}} asks for what only AWS knows of the account, and is not checked here: {{description}}", {
              name,
              description,
            }),
          ),
          path: [...where, "Assert"],
        });
      }
    }
  }
  return [...findings, ...failed];
}

function descriptionOf(assertion: Json): WordsValue {
  const { AssertDescription: description } = isJsonObject(assertion) ? assertion : {};
  return typeof description === "string" ? description.trim() : words("its assertion is not true for these parameters.");
}
