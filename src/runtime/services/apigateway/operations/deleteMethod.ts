import type { JsonObject } from "../../../../model/json.ts";
import type { Apis } from "../apis.ts";
import { methodAt } from "../rest/operations.ts";
import { methodId, methodPart } from "../rest/parts.ts";

export function deleteMethod(apis: Apis): (input: JsonObject) => object {
  return (input) => {
    const { api, method } = methodAt(apis, input);
    apis.save(methodPart.drop(api, methodId(api, method)));
    return {};
  };
}
