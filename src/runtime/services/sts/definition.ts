import type { ServiceDefinition } from "../../../model/service.ts";

/** Says who is asking: nothing of this service is drawn. */
export const sts = { id: "sts", title: "AWS Security Token Service", resourceTypes: [] } as const satisfies ServiceDefinition;
