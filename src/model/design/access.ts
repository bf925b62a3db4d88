import { isJsonObject, type Json } from "../json.ts";
import type { DesignDraft } from "./draft.ts";
import { referencesIn, referredResource } from "./references.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";
import type { TemplatePath } from "./design.ts";

// What a function or state machine may use: the environment that names it and the policies that allow it.

/** What a SAM policy template lets its holder do, in a word for the edge. */
const policyTemplates: Readonly<Record<string, string>> = {
  DynamoDBCrudPolicy: "read, write",
  DynamoDBReadPolicy: "read",
  DynamoDBWritePolicy: "write",
  DynamoDBReconfigurePolicy: "reconfigure",
  DynamoDBBackupFullAccessPolicy: "back up",
  DynamoDBStreamReadPolicy: "read stream",
  SQSSendMessagePolicy: "send",
  SQSPollerPolicy: "receive",
  SNSPublishMessagePolicy: "publish",
  SNSCrudPolicy: "publish, manage",
  LambdaInvokePolicy: "invoke",
  S3ReadPolicy: "read",
  S3WritePolicy: "write",
  S3CrudPolicy: "read, write",
  S3FullAccessPolicy: "read, write",
  EventBridgePutEventsPolicy: "put events",
  StepFunctionsExecutionPolicy: "start",
  KinesisCrudPolicy: "read, write",
  KinesisStreamReadPolicy: "read",
  FirehoseWritePolicy: "write",
  FirehoseCrudPolicy: "read, write",
  AWSSecretsManagerGetSecretValuePolicy: "read",
  SSMParameterReadPolicy: "read",
  SSMParameterWithSlashPrefixReadPolicy: "read",
  KMSDecryptPolicy: "decrypt",
};

export function deriveAccess(view: TemplateView, draft: DesignDraft): void {
  for (const resource of view.resources.values()) {
    const holdsPolicies = at(resource.written, "Properties", "Policies") !== undefined && resource.type.startsWith("AWS::Serverless::");
    if (holdsPolicies) derivePolicies(view, draft, resource);
    deriveEnvironment(view, draft, resource);
  }
}

function derivePolicies(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const written = at(resource.written, "Properties", "Policies");
  const isList = Array.isArray(written);
  listOf(at(resource.properties, "Policies")).forEach((policy, index) => {
    const path: TemplatePath = [...resource.path, "Properties", "Policies", ...(isList ? [index] : [])];
    derivePolicy(view, draft, resource.id, policy, path);
  });
}

function derivePolicy(view: TemplateView, draft: DesignDraft, from: string, policy: Json, path: TemplatePath): void {
  if (!isJsonObject(policy)) return;
  if ("Statement" in policy) {
    deriveStatements(view, draft, from, policy["Statement"], path, [...path, "Statement"]);
    return;
  }
  for (const [name, argument] of Object.entries(policy)) {
    const target = referredResource(argument, view.ids);
    if (target && target.id !== from) {
      draft.connect({ kind: "access", from, to: target.id, label: policyTemplates[name] ?? "", writtenAt: [path] });
    }
  }
}

/** Statements of a policy document: each resource they allow something on, with the operations' names when they are few. */
export function deriveStatements(
  view: TemplateView,
  draft: DesignDraft,
  from: string,
  statements: Json | undefined,
  policyPath: TemplatePath,
  path: TemplatePath,
): void {
  const list = listOf(statements);
  const mentioned = list.map((statement) => listOf(at(statement, "Resource")).map((resource) => drawnIn(view, resource)));
  const targets = new Set(mentioned.flat(2));
  for (const target of targets) {
    if (target === from) continue;
    const isAbout = (ids: readonly string[]): boolean => ids.length > 0 && ids.every((id) => id === target);
    const isWholePolicy = mentioned.every((statement) => statement.length > 0 && statement.every(isAbout));
    list.forEach((statement, index) => {
      const resources = mentioned[index] ?? [];
      if (at(statement, "Effect") === "Deny" || !resources.flat().includes(target)) return;
      const statementPath = Array.isArray(statements) ? [...path, index] : path;
      const writtenAt = isWholePolicy
        ? [policyPath]
        : resources.every(isAbout)
          ? [statementPath]
          : resources.flatMap((ids, place) => (ids.includes(target) ? [[...statementPath, "Resource", place]] : []));
      draft.connect({ kind: "access", from, to: target, label: actionsLabel(at(statement, "Action")), writtenAt });
    });
  }
}

function drawnIn(view: TemplateView, value: Json): string[] {
  return [...new Set(referencesIn(value).map((reference) => reference.id))].filter((id) => view.ids.has(id));
}

function actionsLabel(actions: Json | undefined): string {
  const names = listOf(actions).flatMap((action) => textOf(action)?.split(":").at(-1) ?? []);
  if (names.includes("*")) return "all";
  return names.length <= 3 ? names.join(", ") : `${names.length} operations`;
}

/** The environment names a resource; with a policy for the same it is one connection, and the policy gives the label. */
function deriveEnvironment(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const written = at(resource.written, "Properties", "Environment", "Variables");
  if (!isJsonObject(written)) return;
  for (const name of Object.keys(written)) {
    for (const reference of referencesIn(at(resource.properties, "Environment", "Variables", name))) {
      if (!view.ids.has(reference.id) || reference.id === resource.id) continue;
      const path = [...resource.path, "Properties", "Environment", "Variables", name];
      draft.connect({ kind: "access", from: resource.id, to: reference.id, writtenAt: [path] });
    }
  }
}
