import type { ServiceDefinition } from "../../../model/service.ts";

/** Stacks are the project itself: nothing of this service is drawn. */
export const cloudformation = { id: "cloudformation", title: "AWS CloudFormation", resourceTypes: [] } as const satisfies ServiceDefinition;
