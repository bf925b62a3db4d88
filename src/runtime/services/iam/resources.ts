import type { CreateRoleResponse } from "@aws-sdk/client-iam";
import type { Json } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";

const maxRoleNameCharacters = 64;
const maxPolicyNameCharacters = 128;

/** Made by the service's own operations, so that they find it. */
export const roleProvider: ResourceProvider = {
  create: (resource, call) => createRole(nameOf(resource, "RoleName", maxRoleNameCharacters, call), resource, call),
  update(resource, previous) {
    if (resource.properties["RoleName"] !== previous.properties["RoleName"] || resource.properties["Path"] !== previous.properties["Path"])
      return "replace";
    return { physicalId: previous.physicalId, attributes: previous.attributes };
  },
  async delete(previous, call) {
    try {
      await call.invoke("iam", "DeleteRole", { RoleName: previous.physicalId });
    } catch (error) {
      // Deleted over the API before: then it is as it should be.
      if (!(error instanceof AwsError && error.code === "NoSuchEntity")) throw error;
    }
  },
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
    resource.properties["ManagedPolicyName"] === previous.properties["ManagedPolicyName"]
      ? { physicalId: previous.physicalId, attributes: previous.attributes }
      : "replace",
  delete() {},
};

async function createRole(name: string, resource: StackResource, call: Call): Promise<Deployed> {
  const { Role } = await call.invoke<CreateRoleResponse>("iam", "CreateRole", {
    RoleName: name,
    Path: pathOf(resource.properties["Path"]),
    AssumeRolePolicyDocument: JSON.stringify(resource.properties["AssumeRolePolicyDocument"] ?? {}),
  });
  return { physicalId: name, attributes: { Arn: Role?.Arn ?? "", RoleId: Role?.RoleId ?? "" } };
}

function nameOf(resource: StackResource, property: string, maxCharacters: number, call: Call): string {
  const name = resource.properties[property];
  return typeof name === "string" ? name : physicalName(resource, call.kernel.ids, maxCharacters);
}

function pathOf(path: Json | undefined): string {
  return typeof path === "string" ? path : "/";
}
