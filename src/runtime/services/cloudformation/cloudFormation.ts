import type { Call, OperationHandler, ServiceEnvironment } from "../../kernel/service.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { KeptResource, Stack } from "./stack.ts";
import type { Stacks } from "./stacks.ts";
import type { StackStore } from "./stackStore.ts";

/** What the operations work with. */
export interface CloudFormation {
  readonly environment: ServiceEnvironment;
  readonly store: StackStore;
  readonly stacks: Stacks;
}

export type Operation = (cloudFormation: CloudFormation, input: Parameters<OperationHandler>[0], call: Call) => unknown;

export function validationError(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

/** The stack that an operation names; AWS's words when there is none. Deleted ones are found by id only. */
export function stackNamed(cloudFormation: CloudFormation, name: unknown, region: string): Stack {
  if (typeof name !== "string" || name === "") {
    throw validationError("1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null");
  }
  const stack = cloudFormation.store.find(name, region);
  if (stack === undefined) throw validationError(`Stack with id ${name} does not exist`);
  return stack;
}

export function resourceOf(cloudFormation: CloudFormation, stack: Stack, logicalId: unknown): KeptResource {
  const resource = typeof logicalId === "string" ? cloudFormation.store.resources(stack.id).get(logicalId) : undefined;
  if (resource === undefined) throw validationError(`Resource ${String(logicalId)} does not exist for stack ${stack.name}`);
  return resource;
}

/** As DescribeStackResource(s) give it. */
export function describedResource(
  stack: Stack,
  resource: KeptResource,
): {
  StackName: string;
  StackId: string;
  LogicalResourceId: string;
  PhysicalResourceId: string;
  ResourceType: string;
  ResourceStatus: KeptResource["status"];
  DriftInformation: { StackResourceDriftStatus: "NOT_CHECKED" };
} {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    DriftInformation: { StackResourceDriftStatus: "NOT_CHECKED" },
  };
}
