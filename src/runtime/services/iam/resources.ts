import type { Json } from "../../../model/json.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";

const maxRoleNameCharacters = 64;
const maxPolicyNameCharacters = 128;

export const roleProvider: ResourceProvider = {
  create: (resource, call) => role(nameOf(resource, "RoleName", maxRoleNameCharacters, call), `AROA${call.kernel.ids.base36(17)}`, resource, call),
  update(resource, previous, call) {
    if (resource.properties["RoleName"] !== previous.properties["RoleName"] || resource.properties["Path"] !== previous.properties["Path"]) return "replace";
    return role(previous.physicalId, String(previous.attributes["RoleId"] ?? ""), resource, call);
  },
  delete() {},
};

/** An inline policy: Ref gives its name. */
export const policyProvider: ResourceProvider = {
  create(resource, call) {
    const name = nameOf(resource, "PolicyName", maxPolicyNameCharacters, call);
    return { physicalId: name, attributes: { Id: name } };
  },
  update: (_resource, previous) => ({ physicalId: previous.physicalId, attributes: previous.attributes }),
  delete() {},
};

/** Ref gives the ARN. */
export const managedPolicyProvider: ResourceProvider = {
  create(resource, call) {
    const arn = `arn:aws:iam::${call.accountId}:policy${pathOf(resource.properties["Path"])}${nameOf(resource, "ManagedPolicyName", maxPolicyNameCharacters, call)}`;
    return { physicalId: arn, attributes: { PolicyArn: arn, PolicyId: `ANPA${call.kernel.ids.base36(17)}` } };
  },
  update: (resource, previous) =>
    resource.properties["ManagedPolicyName"] === previous.properties["ManagedPolicyName"] ? { physicalId: previous.physicalId, attributes: previous.attributes } : "replace",
  delete() {},
};

function role(name: string, id: string, resource: StackResource, call: Call): Deployed {
  return { physicalId: name, attributes: { Arn: `arn:aws:iam::${call.accountId}:role${pathOf(resource.properties["Path"])}${name}`, RoleId: id } };
}

function nameOf(resource: StackResource, property: string, maxCharacters: number, call: Call): string {
  const name = resource.properties[property];
  return typeof name === "string" ? name : physicalName(resource, call.kernel.ids, maxCharacters);
}

function pathOf(path: Json | undefined): string {
  return typeof path === "string" ? path : "/";
}
