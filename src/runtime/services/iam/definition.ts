import type { ServiceDefinition } from "../../../model/service.ts";

/** Roles and policies are kept, since functions name them; nothing enforces them, and nothing of this service is drawn. */
export const iam = { id: "iam", title: "AWS Identity and Access Management", resourceTypes: [] } as const satisfies ServiceDefinition;
