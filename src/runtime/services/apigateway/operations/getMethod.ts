import type { Method } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../../model/json.ts";
import type { Apis } from "../apis.ts";
import { methodAt, methodOutput } from "../rest/operations.ts";

export function getMethod(apis: Apis): (input: JsonObject) => Method {
  return (input) => methodOutput(methodAt(apis, input).method);
}
