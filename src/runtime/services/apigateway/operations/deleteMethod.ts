import type { JsonObject } from "../../../../model/json.ts";
import type { Apis } from "../apis.ts";
import { methodAt } from "../rest/operations.ts";

export function deleteMethod(apis: Apis): (input: JsonObject) => object {
  return (input) => {
    const { api, method } = methodAt(apis, input);
    apis.save({ ...api, methods: api.methods.filter((one) => one !== method) });
    return {};
  };
}
