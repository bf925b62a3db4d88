// The execution role that SAM makes for a function or state machine: managed policies, policy templates, inline statements.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { ifOf, isIntrinsic, isNoValue } from "./json.ts";
import { managedPolicyArn } from "./managedPolicies.ts";
import { isPolicyTemplate, policyDocument } from "./policyTemplates.ts";

interface RoleRequest {
  readonly id: string;
  readonly assumeRolePolicyDocument: Json;
  readonly managedPolicyArns: readonly Json[];
  /** Inline policies that do not come from the user. */
  readonly ownPolicies: readonly JsonObject[];
  /** Those that come behind the user's. */
  readonly laterPolicies: readonly JsonObject[];
  readonly policies: Json | undefined;
  readonly tags: Json | undefined;
  readonly path: Json | undefined;
  readonly permissionsBoundary: Json | undefined;
}

export function assumeRoleBy(service: string): JsonObject {
  return { Version: "2012-10-17", Statement: [{ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: [service] } }] };
}

export function emitRole(context: SamContext, resource: SamResource, request: RoleRequest): void {
  const managed: Json[] = [...request.managedPolicyArns];
  const inline: Json[] = [...request.ownPolicies];
  const entries = policyEntries(request.policies);
  for (const [index, entry] of entries.entries()) {
    const name = `${request.id}Policy${index}`;
    const made = readPolicy(context, entry, name);
    if (made === undefined) continue;
    if (made.isManaged) {
      if (!managed.some((each) => JSON.stringify(each) === JSON.stringify(made.value))) managed.push(made.value);
    } else inline.push(made.value);
  }
  inline.push(...request.laterPolicies);
  emit(
    context,
    resource.id,
    request.id,
    "AWS::IAM::Role",
    {
      AssumeRolePolicyDocument: request.assumeRolePolicyDocument,
      ManagedPolicyArns: managed,
      Policies: inline.length > 0 ? inline : undefined,
      Path: request.path,
      PermissionsBoundary: request.permissionsBoundary,
      Tags: request.tags,
    },
    resource.passedOn,
  );
}

/** `Policies` may be one name, one statement, a map of templates, or a list of all these. */
function policyEntries(policies: Json | undefined): readonly Json[] {
  if (policies === undefined || policies === null) return [];
  if (Array.isArray(policies)) return policies;
  if (isJsonObject(policies) && !isIntrinsic(policies) && policies.Statement === undefined) {
    const names = Object.keys(policies);
    if (names.length > 1 && names.every((name) => isPolicyTemplate(name)))
      return Object.entries(policies).map(([name, values]) => ({ [name]: values }));
  }
  return [policies];
}

interface MadePolicy {
  readonly isManaged: boolean;
  readonly value: Json;
}

function readPolicy(context: SamContext, entry: Json, name: string): MadePolicy | undefined {
  if (typeof entry === "string") return { isManaged: true, value: managedPolicyArn(context.partition, entry) };
  if (!isJsonObject(entry)) return undefined;
  if (entry.Statement !== undefined) return { isManaged: false, value: { PolicyName: name, PolicyDocument: entry } };
  const choice = ifOf(entry);
  if (choice) {
    const [condition, then, otherwise] = choice;
    const made = [then, otherwise].map((each) => (isNoValue(each) ? undefined : readPolicy(context, each, name)));
    const isInline = made.some((each) => each !== undefined && !each.isManaged);
    if (!isInline) return { isManaged: true, value: entry };
    const branch = (index: number, original: Json): Json => made[index]?.value ?? original;
    return { isManaged: false, value: { "Fn::If": [condition, branch(0, then), branch(1, otherwise)] } };
  }
  const [template, ...others] = Object.keys(entry);
  if (template !== undefined && others.length === 0 && isPolicyTemplate(template)) {
    const values = entry[template];
    const made = policyDocument(template, isJsonObject(values) ? values : {});
    if ("missing" in made) fail(`The policy template ${template} also needs ${made.missing.join(", ")}.`, "sam.policy-template");
    return { isManaged: false, value: { PolicyName: name, PolicyDocument: made.document } };
  }
  if (isIntrinsic(entry)) return { isManaged: true, value: entry };
  if (template !== undefined && others.length === 0) fail(`There is no policy template named ${template}.`, "sam.policy-template");
  return undefined;
}

export function tagList(tags: Json | undefined, own?: JsonObject): Json[] {
  const entries: Json[] = Object.entries(own ?? {}).map(([Key, Value]) => ({ Key, Value }));
  for (const [Key, Value] of Object.entries(isJsonObject(tags) ? tags : {})) entries.push({ Key, Value });
  return entries;
}

/** Inline policy that lets a role do one thing. */
export function allow(name: string, action: string | readonly string[], resource: Json): JsonObject {
  return {
    PolicyName: name,
    PolicyDocument: { Statement: [{ Action: typeof action === "string" ? action : [...action], Effect: "Allow", Resource: resource }] },
  };
}
