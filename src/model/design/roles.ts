import { isJsonObject, type Json } from "../json.ts";
import { deriveManagedPolicy, deriveStatements } from "./access.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { isFunctionType } from "./kinds.ts";
import { drawnBehind, drawnOwner } from "./owners.ts";
import { mentionedIds } from "./references.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";

// Access as CloudFormation writes it (roles and policies), and as SAM connectors say it.

const policyTypes = new Set(["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy"]);

export function deriveRoles(view: TemplateView, draft: DesignDraft): void {
  const holders = holdersByRole(view);
  const holdersOf = (role: string): readonly string[] => holders.get(role) ?? samRoleHolder(view, role);
  for (const resource of view.resources.values()) {
    const { type, properties } = resource;
    if (type === "AWS::IAM::Role" || type === "AWS::IAM::User") {
      derivePolicyList(view, draft, type === "AWS::IAM::User" ? [resource.id] : holdersOf(resource.id), resource);
    }
    if (policyTypes.has(type)) {
      const named = [...mentionedIds(properties["Roles"]), ...mentionedIds(properties["RoleName"])];
      const attached = type === "AWS::IAM::ManagedPolicy" ? rolesWith(view, resource.id) : [];
      const users = [...mentionedIds(properties["Users"]), ...mentionedIds(properties["UserName"])];
      const all = [...new Set([...named, ...attached])].flatMap((role) => holdersOf(role));
      for (const holder of new Set([...all, ...users])) deriveManagedPolicy(view, draft, holder, resource.id);
    }
    deriveConnectors(view, draft, resource);
  }
}

/** Types in which a role is named for another reason than to act as it. */
const notActing: ReadonlySet<string> = new Set(["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy", "AWS::IAM::Role"]);

/** Who acts as a role: whatever names it, anywhere among its properties; glue for the resource that it belongs to. */
function holdersByRole(view: TemplateView): Map<string, string[]> {
  const roles = new Set([...view.resources.values()].filter((each) => each.type === "AWS::IAM::Role").map((each) => each.id));
  const holders = new Map<string, string[]>();
  if (roles.size === 0) return holders;
  for (const resource of view.resources.values()) {
    if (notActing.has(resource.type)) continue;
    // A function acts as its own role only: one that it names elsewhere it hands on.
    const value = isFunctionType(resource.type) ? resource.properties["Role"] : resource.properties;
    for (const id of new Set(mentionedIds(value))) {
      if (!roles.has(id)) continue;
      const holder = drawnOwner(view, resource.id);
      if (holder !== undefined) holders.set(id, [...(holders.get(id) ?? []), holder]);
    }
  }
  return holders;
}

/** SAM names a function's role `<Function>Role`. */
function samRoleHolder(view: TemplateView, role: string): string[] {
  const owner = role.endsWith("Role") ? view.resources.get(role.slice(0, -"Role".length)) : undefined;
  return owner?.type.startsWith("AWS::Serverless::") ? [owner.id] : [];
}

function rolesWith(view: TemplateView, managedPolicy: string): string[] {
  return [...view.resources.values()]
    .filter((role) => role.type === "AWS::IAM::Role" && mentionedIds(role.properties["ManagedPolicyArns"]).includes(managedPolicy))
    .map((role) => role.id);
}

function derivePolicyList(view: TemplateView, draft: DesignDraft, holders: readonly string[], role: ResourceView): void {
  listOf(role.properties["Policies"]).forEach((policy, index) => {
    const policyPath: TemplatePath = [...role.path, "Properties", "Policies", index];
    const statements = at(policy, "PolicyDocument", "Statement");
    for (const holder of holders)
      deriveStatements(view, draft, holder, statements, policyPath, [...policyPath, "PolicyDocument", "Statement"]);
  });
}

function deriveConnectors(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  if (resource.type === "AWS::Serverless::Connector") {
    connectEnds(view, draft, endOf(view, resource.properties["Source"]), resource.properties, resource.path);
  }
  const inside = resource.written["Connectors"];
  if (!isJsonObject(inside)) return;
  for (const [name, connector] of Object.entries(inside)) {
    connectEnds(view, draft, resource.id, at(connector, "Properties"), [...resource.path, "Connectors", name]);
  }
}

function connectEnds(
  view: TemplateView,
  draft: DesignDraft,
  from: string | undefined,
  properties: Json | undefined,
  path: TemplatePath,
): void {
  const permissions = listOf(at(properties, "Permissions")).flatMap((permission) => textOf(permission)?.toLowerCase() ?? []);
  for (const destination of listOf(at(properties, "Destination"))) {
    const to = endOf(view, destination);
    if (from === undefined || to === undefined || from === to) continue;
    const finding = { kind: "access", from, to, label: permissions.join(", "), writtenAt: [path] } as const;
    // Between a queue and its function, a connector only gives the leave that their connection needs.
    const isCode = isFunctionType(view.resources.get(from)?.type ?? "");
    draft.connect(isCode ? finding : { ...finding, joins: { kinds: ["trigger", "target", "origin", "dead-letter"], orElse: "own" } });
  }
}

function endOf(view: TemplateView, end: Json | undefined): string | undefined {
  const id = textOf(at(end, "Id"));
  return (id === undefined ? undefined : drawnOwner(view, id)) ?? drawnBehind(view, at(end, "Arn"));
}
