import type { Service } from "../../kernel/service.ts";
import { sts as definition } from "./definition.ts";
import { getCallerIdentity } from "./operations/getCallerIdentity.ts";

export const stsService: Service = {
  definition,
  create: () => ({ operations: { GetCallerIdentity: (_input, call) => getCallerIdentity(call) } }),
};
