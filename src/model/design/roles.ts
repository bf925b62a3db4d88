import { isJsonObject, type Json } from "../json.ts";
import { deriveStatements } from "./access.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind } from "./owners.ts";
import { referencesIn } from "./references.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";

// Access as CloudFormation writes it (roles and policies), and as SAM connectors say it.

const policyTypes = new Set(["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"]);
/** Where a resource names the role it acts as. */
const roleProperties = ["Role", "RoleArn", "ServiceRole", "ServiceRoleArn", "TaskRoleArn"];

export function deriveRoles(view: TemplateView, draft: DesignDraft): void {
  const holders = holdersByRole(view);
  for (const resource of view.resources.values()) {
    if (resource.type === "AWS::IAM::Role") derivePolicyList(view, draft, holders.get(resource.id) ?? [], resource);
    if (policyTypes.has(resource.type)) {
      const roles = [...listOf(resource.properties["Roles"]), ...listOf(resource.properties["RoleName"])].flatMap((role) =>
        referencesIn(role).map((reference) => reference.id),
      );
      const attached = resource.type === "AWS::IAM::ManagedPolicy" ? rolesWith(view, resource.id) : [];
      for (const role of new Set([...roles, ...attached])) {
        for (const holder of holders.get(role) ?? samRoleHolder(view, role)) {
          const path: TemplatePath = [...resource.path, "Properties", "PolicyDocument", "Statement"];
          deriveStatements(view, draft, holder, at(resource.properties, "PolicyDocument", "Statement"), resource.path, path);
        }
      }
    }
    deriveConnectors(view, draft, resource);
  }
}

function holdersByRole(view: TemplateView): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const resource of view.resources.values()) {
    for (const property of roleProperties) {
      for (const reference of referencesIn(resource.properties[property])) {
        if (view.resources.get(reference.id)?.type !== "AWS::IAM::Role") continue;
        holders.set(reference.id, [...(holders.get(reference.id) ?? []), resource.id]);
      }
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
    .filter(
      (role) =>
        role.type === "AWS::IAM::Role" &&
        referencesIn(role.properties["ManagedPolicyArns"]).some((reference) => reference.id === managedPolicy),
    )
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
    draft.connect({ kind: "access", from, to, label: permissions.join(", "), writtenAt: [path] });
  }
}

function endOf(view: TemplateView, end: Json | undefined): string | undefined {
  const id = textOf(at(end, "Id"));
  return id !== undefined && view.ids.has(id) ? id : drawnBehind(view, at(end, "Arn"));
}
