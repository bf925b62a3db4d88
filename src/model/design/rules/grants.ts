// What a function's policies allow, as far as the template says it.
import { isJsonObject, type Json } from "../../json.ts";
import { isPolicyTemplate, policyDocument } from "../../template/sam/policyTemplates.ts";
import { mentionedIds } from "../references.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "../view.ts";

export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly Json[];
}

/** Managed policies that allow nothing on tables, queues and their like. */
const harmless =
  /(^|\/)(AWSLambdaBasicExecutionRole|AWSLambdaVPCAccessExecutionRole|AWSLambdaENIManagementAccess|AWSXrayWriteOnlyAccess|AWSXRayDaemonWriteAccess|CloudWatchLambdaInsightsExecutionRolePolicy|CloudWatchLambdaApplicationSignalsExecutionRolePolicy)$/;

/** Reads what a function may do; undefined: a part of it is not in the template, or may deny what another part allows. */
export function grantReader(view: TemplateView): (resource: ResourceView) => Grant[] | undefined {
  for (const { type } of view.resources.values()) if (type === "AWS::Serverless::Connector") return () => undefined;
  const attached = attachedPolicies(view);
  return (resource) => grantsOf(resource, view, attached);
}

type AttachedPolicies = ReadonlyMap<string, readonly (Json | undefined)[]>;

function grantsOf(resource: ResourceView, view: TemplateView, attached: AttachedPolicies): Grant[] | undefined {
  if (resource.written["Connectors"] !== undefined) return undefined;
  const role = resource.properties["Role"];
  const documents: (Json | undefined)[] = [];
  if (role !== undefined) {
    const [held] = mentionedIds(role);
    const found = held === undefined ? undefined : view.resources.get(held);
    if (found?.type !== "AWS::IAM::Role") return undefined;
    for (const managed of listOf(found.properties["ManagedPolicyArns"])) {
      const document = managedDocument(managed, view);
      if (document === undefined) return undefined;
      documents.push(document);
    }
    documents.push(...listOf(found.properties["Policies"]).map((policy) => at(policy, "PolicyDocument")));
    documents.push(...(attached.get(found.id) ?? []));
  } else {
    for (const policy of listOf(resource.properties["Policies"])) {
      const document = documentOf(policy, view);
      if (document === undefined) return undefined;
      documents.push(document);
    }
    documents.push(...(attached.get(`${resource.id}Role`) ?? []));
  }
  return grantsIn(documents);
}

function grantsIn(documents: readonly (Json | undefined)[]): Grant[] | undefined {
  const grants: Grant[] = [];
  for (const document of documents) {
    for (const statement of listOf(at(document, "Statement"))) {
      const actions = listOf(at(statement, "Action"));
      if (at(statement, "Effect") !== "Allow" || !actions.every((action) => typeof action === "string")) return undefined;
      const resources = listOf(at(statement, "Resource"));
      if (actions.length === 0 || resources.length === 0) return undefined;
      grants.push({ actions, resources });
    }
  }
  return grants;
}

/** Documents of the policies that are resources of their own, by the role that holds them. */
function attachedPolicies(view: TemplateView): AttachedPolicies {
  const attached = new Map<string, (Json | undefined)[]>();
  for (const { type, properties } of view.resources.values()) {
    if (type !== "AWS::IAM::Policy" && type !== "AWS::IAM::ManagedPolicy" && type !== "AWS::IAM::RolePolicy") continue;
    for (const role of new Set(mentionedIds([properties["Roles"] ?? null, properties["RoleName"] ?? null]))) {
      const known = attached.get(role);
      if (known === undefined) attached.set(role, [properties["PolicyDocument"]]);
      else known.push(properties["PolicyDocument"]);
    }
  }
  return attached;
}

/** What one entry of a function's `Policies` allows. */
export function statementsOf(policy: Json, view: TemplateView): Grant[] | undefined {
  const document = documentOf(policy, view);
  return document === undefined ? undefined : grantsIn([document]);
}

const nothing: Json = { Statement: [] };

function documentOf(policy: Json, view: TemplateView): Json | undefined {
  if (!isJsonObject(policy)) return managedDocument(policy, view);
  if ("Statement" in policy) return policy;
  const [name, ...others] = Object.keys(policy);
  if (name === undefined || others.length > 0) return undefined;
  if (!isPolicyTemplate(name)) return managedDocument(policy, view);
  const values = policy[name];
  const filled = policyDocument(name, isJsonObject(values) ? values : {});
  return "document" in filled ? filled.document : undefined;
}

/** By name, by ARN, or a managed policy of the template. */
function managedDocument(policy: Json, view: TemplateView): Json | undefined {
  const name = textOf(policy) ?? textOf(at(policy, "Fn::Sub"));
  if (name !== undefined) return harmless.test(name) ? nothing : undefined;
  const [named] = mentionedIds(policy);
  const found = named === undefined ? undefined : view.resources.get(named);
  return found?.type === "AWS::IAM::ManagedPolicy" ? found.properties["PolicyDocument"] : undefined;
}

/** Whether one of the grants lets do this to the resource; what they say of unknown resources may mean it. */
export function isAllowed(action: string, id: string, grants: readonly Grant[], view: TemplateView): boolean {
  return grants.some((grant) => isAbout(grant, id, view) && grant.actions.some((pattern) => matches(pattern, action)));
}

export function isAbout({ resources }: Grant, id: string, view: TemplateView): boolean {
  return resources.some((resource) => mayMean(resource, id, view));
}

function matches(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(action);
}

/** Not when all that it mentions is other resources of the template. */
function mayMean(resource: Json, id: string, view: TemplateView): boolean {
  const mentioned = mentionedIds(resource).filter((name) => view.resources.has(name));
  return mentioned.length === 0 || mentioned.includes(id);
}
