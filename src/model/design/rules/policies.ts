import { isJsonObject, type Json } from "../../json.ts";
import type { TemplatePath } from "../design.ts";
import { at, listOf, textOf, type ResourceView } from "../view.ts";
import { nearest } from "./references.ts";
import type { CheckInput, Report } from "./report.ts";
import { inRow, words, type Words } from "../../words.ts";

const statementKeys = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal", "NotPrincipal"];

/** Policy documents: what IAM refuses in them whatever they are about. */
export function checkPolicies({ view, report }: CheckInput): void {
  for (const resource of view.resources.values()) {
    for (const { policy, path, isTrust } of policiesOf(resource)) checkDocument(resource, policy, path, isTrust, report);
  }
}

interface Policy {
  readonly policy: Json | undefined;
  readonly path: TemplatePath;
  /** Says who may take the role, not what may be done to which resource. */
  readonly isTrust: boolean;
}

function policiesOf(resource: ResourceView): Policy[] {
  const { type, properties, path } = resource;
  const below = (...keys: readonly (string | number)[]): Pick<Policy, "policy" | "path"> => ({
    policy: at(properties, ...keys),
    path: [...path, "Properties", ...keys],
  });
  if (type === "AWS::IAM::Policy" || type === "AWS::IAM::ManagedPolicy") return [{ ...below("PolicyDocument"), isTrust: false }];
  if (type === "AWS::IAM::Role") {
    const inline = listOf(properties["Policies"]).map((_, index) => ({ ...below("Policies", index, "PolicyDocument"), isTrust: false }));
    return [{ ...below("AssumeRolePolicyDocument"), isTrust: true }, ...inline];
  }
  if (type !== "AWS::Serverless::Function" && type !== "AWS::Serverless::StateMachine") return [];
  // Globals' own come first in the merged list, so that places are only known where the list is the resource's own.
  const own = at(resource.written, "Properties", "Policies");
  if (!Array.isArray(own) || own.length !== listOf(properties["Policies"]).length) return [];
  return own.flatMap((policy, index) =>
    isJsonObject(policy) && "Statement" in policy ? [{ ...below("Policies", index), isTrust: false }] : [],
  );
}

function checkDocument(resource: ResourceView, policy: Json | undefined, path: TemplatePath, isTrust: boolean, report: Report): void {
  if (!isJsonObject(policy) || isFunctionCall(policy)) return;
  const say = (what: Words, at: TemplatePath): void =>
    report({ severity: "error", rule: "design.policy", message: inRow([resource.id, what], ": "), path: at });
  const version = policy["Version"];
  if (typeof version === "string" && version !== "2012-10-17" && version !== "2008-10-17")
    say(words('a policy\'s Version is "2012-10-17" (the language\'s, not yours), not "{{version}}".', { version }), [...path, "Version"]);
  if (policy["Statement"] === undefined) say(words("a policy needs Statement."), path);
  listOf(policy["Statement"]).forEach((statement, index) => {
    const place = Array.isArray(policy["Statement"]) ? [...path, "Statement", index] : [...path, "Statement"];
    if (!isJsonObject(statement) || isFunctionCall(statement)) return;
    for (const key of Object.keys(statement)) {
      if (statementKeys.includes(key) || key.startsWith("Fn::")) continue;
      const near = nearest(key, statementKeys);
      say(
        words("a statement has no {{key}}.{{hint}}", { key, hint: near === undefined ? "" : words(" Did you mean {{near}}?", { near }) }),
        [...place, key],
      );
    }
    const effect = statement["Effect"];
    if (effect === undefined) say(words("a statement needs Effect: Allow or Deny."), place);
    else if (typeof effect === "string" && effect !== "Allow" && effect !== "Deny")
      say(words("Effect is Allow or Deny, not {{effect}}.", { effect }), [...place, "Effect"]);
    if (statement["Action"] === undefined && statement["NotAction"] === undefined) say(words("a statement needs Action."), place);
    if (!isTrust && statement["Resource"] === undefined && statement["NotResource"] === undefined)
      say(words("a statement needs Resource."), place);
    if (isTrust && statement["Principal"] === undefined && statement["NotPrincipal"] === undefined)
      say(words("a role's trust policy needs Principal: who may take the role."), place);
    listOf(statement["Action"]).forEach((action, at) => {
      const text = textOf(action);
      if (text === undefined || text === "*" || /^[\w-]+:[\w*?-]+$/.test(text) || text.includes("${")) return;
      const where = Array.isArray(statement["Action"]) ? [...place, "Action", at] : [...place, "Action"];
      say(words("an action is written as service:Operation, such as dynamodb:GetItem, not {{action}}.", { action: text }), where);
    });
  });
}

function isFunctionCall(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).some((key) => key === "Ref" || key.startsWith("Fn::"));
}
