import type { Resource } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { notFound } from "../errors.ts";
import { propertiesOf, resourceOutput } from "../rest/operations.ts";
import { resourcePart } from "../rest/parts.ts";
import { textOf } from "../values.ts";

export function createResource(apis: Apis): (input: JsonObject, call: Call) => Resource {
  return (input, call) => {
    const { api, physicalId } = resourcePart.put(apis.rest(textOf(input["restApiId"])), { properties: propertiesOf(input) }, call);
    apis.save(api);
    const made = api.resources.find(({ id }) => id === physicalId);
    if (made === undefined) throw notFound("Invalid Resource identifier specified");
    return resourceOutput(api, made);
  };
}
