// The execution role that SAM makes for a function or state machine: managed policies, policy templates, inline statements.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { ifOf, isIntrinsic, isNoValue, isSame, isSet, mapOf } from "./json.ts";
import { managedPolicyArn } from "./managedPolicies.ts";
import { isPolicyTemplate, policyDocument } from "./policyTemplates.ts";
import { words } from "../../words.ts";

interface RoleRequest {
  readonly id: string;
  readonly assumeRolePolicyDocument: Json;
  readonly managedPolicyArns: readonly Json[];
  /** Inline policies that do not come from the user. */
  readonly ownPolicies: readonly JsonObject[];
  /** Those that come behind the user's, unless they are there already. */
  readonly laterManagedPolicyArns?: readonly Json[];
  readonly laterPolicies?: readonly JsonObject[];
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
  const { policies } = request;
  const entries: readonly Json[] = Array.isArray(policies) ? policies : isSet(policies) ? [policies] : [];
  for (const [index, entry] of entries.entries()) {
    const made = readPolicy(context, entry, `${request.id}Policy${index}`);
    if (made === undefined) {
      fail(
        words("policy {{index}} of Policies is none: it takes names and ARNs, policy templates, and maps with Statement.", { index }),
        "sam.policy",
      );
    }
    if (made.kind === "managed") {
      if (!managed.some((each) => isSame(each, made.value))) managed.push(made.value);
    } else inline.push(made.value);
  }
  for (const arn of request.laterManagedPolicyArns ?? []) if (!managed.some((each) => isSame(each, arn))) managed.push(arn);
  for (const policy of request.laterPolicies ?? []) {
    const isThere = inline.some((each) => isSame(mapOf(each).PolicyDocument ?? null, policy.PolicyDocument ?? null));
    if (!isThere) inline.push(policy);
  }
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

interface MadePolicy {
  readonly kind: "managed" | "statement" | "template";
  readonly value: Json;
}

function readPolicy(context: SamContext, entry: Json, name: string): MadePolicy | undefined {
  if (typeof entry === "string") return { kind: "managed", value: managedPolicyArn(context.partition, entry) };
  if (!isJsonObject(entry)) return undefined;
  if (isIntrinsic(entry)) {
    return Object.hasOwn(entry, "Fn::If") ? readPolicyChoice(context, entry, name) : { kind: "managed", value: entry };
  }
  if (entry.Statement !== undefined) return { kind: "statement", value: { PolicyName: name, PolicyDocument: entry } };
  const [template, ...others] = Object.keys(entry);
  if (template === undefined || others.length > 0) return undefined;
  if (!isPolicyTemplate(template)) fail(words("there is no policy template named {{template}}.", { template }), "sam.policy-template");
  const values = entry[template];
  if (!isJsonObject(values))
    fail(words("the policy template {{template}} needs a map of its parameters.", { template }), "sam.policy-template");
  const made = policyDocument(template, values);
  if ("missing" in made)
    fail(
      words("the policy template {{template}} also needs {{missing}}.", { template, missing: made.missing.join(", ") }),
      "sam.policy-template",
    );
  return { kind: "template", value: { PolicyName: name, PolicyDocument: made.document } };
}

/** Both branches must be of one kind; one of them may be AWS::NoValue. */
function readPolicyChoice(context: SamContext, entry: JsonObject, name: string): MadePolicy | undefined {
  const choice = ifOf(entry);
  if (choice === undefined) fail(words("Fn::If in Policies needs a condition and two values."), "sam.policy");
  const [condition, then, otherwise] = choice;
  const branches = [then, otherwise].map((branch) => ({
    value: branch,
    made: isNoValue(branch) ? undefined : readPolicy(context, branch, name),
    isAbsent: isNoValue(branch),
  }));
  const given = branches.filter((branch) => !branch.isAbsent);
  const kind = given[0]?.made?.kind ?? (given.length === 0 ? "managed" : undefined);
  if (given.some((branch) => branch.made?.kind !== kind)) {
    fail(words("Fn::If in Policies needs policies of one kind in both branches."), "sam.policy");
  }
  if (kind === undefined) return undefined;
  return { kind, value: { "Fn::If": [condition, ...branches.map((branch) => branch.made?.value ?? branch.value)] } };
}

export function tagList(tags: Json | undefined, own?: JsonObject): Json[] {
  const entries: Json[] = Object.entries(own ?? {}).map(([Key, Value]) => ({ Key, Value }));
  for (const [Key, Value] of Object.entries(isJsonObject(tags) ? tags : {})) entries.push({ Key, Value: Value ?? "" });
  return entries;
}

/** Inline policy that lets a role do one thing. */
export function allow(name: string, action: string | readonly string[], resource: Json): JsonObject {
  return {
    PolicyName: name,
    PolicyDocument: { Statement: [{ Action: typeof action === "string" ? action : [...action], Effect: "Allow", Resource: resource }] },
  };
}

/** Inline policy that lets a role put objects into a bucket. */
export function allowWriting(name: string, bucket: Json): JsonObject {
  const objects: Json = { "Fn::Join": ["/", [bucket, "*"]] };
  return {
    PolicyName: name,
    PolicyDocument: {
      Statement: [
        { Action: "s3:PutObject", Effect: "Allow", Resource: objects },
        { Action: "s3:ListBucket", Effect: "Allow", Resource: bucket },
      ],
    },
  };
}

const reservedTags = ["lambda:createdBy", "serverlessrepo:applicationId", "serverlessrepo:semanticVersion"];

/** The user's tags behind SAM's own; its names are taken. */
export function samTags(tags: Json | undefined, name: string, others: JsonObject = {}): Json[] {
  for (const reserved of reservedTags)
    if (Object.hasOwn(mapOf(tags), reserved)) fail(words("the tag {{reserved}} is reserved for SAM.", { reserved }));
  return tagList(tags, { [name]: "SAM", ...others });
}

/** Types that take tags as a list of keys and values, of those that SAM makes. */
const taggedTypes = new Set([
  "AWS::ApiGateway::ApiKey",
  "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::DomainNameAccessAssociation",
  "AWS::ApiGateway::DomainNameV2",
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGateway::Stage",
  "AWS::ApiGateway::UsagePlan",
  "AWS::IAM::Role",
  "AWS::IoT::TopicRule",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::StepFunctions::StateMachine",
]);

/** With PropagateTags everything that the resource turned into gets its tags, in place of SAM's own. */
export function propagateTags(context: SamContext, given: JsonObject): void {
  if (!isSet(given.PropagateTags) || !isSet(given.Tags)) return;
  const tags = tagList(given.Tags);
  for (const { id, type } of context.made) {
    if (taggedTypes.has(type)) mapOf(mapOf(context.output[id] ?? context.resources[id]).Properties).Tags = tags;
  }
}
