import type { Deployment } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../../model/json.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { badRequest } from "../errors.ts";
import { propertiesOf } from "../rest/operations.ts";
import { deploymentPart } from "../rest/parts.ts";
import { objectOf, textOf } from "../values.ts";

/** Of a REST API, perhaps with the stage that serves it. */
export function createDeployment(apis: Apis): (input: JsonObject, call: Call) => Deployment {
  return (input, call) => {
    if (!("restApiId" in input))
      throw new AwsError("UnknownOperationException", "Contrail serves an HTTP API as it is: it has no deployments.", { status: 404 });
    const old = apis.rest(textOf(input["restApiId"]));
    if (old.methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
    if (old.methods.some(({ integration }) => integration === null)) throw badRequest("No integration defined for method");
    const properties = {
      ...propertiesOf(input),
      StageDescription: { Variables: objectOf(input["variables"]), Description: input["stageDescription"] ?? null },
    };
    const { api, physicalId: id } = deploymentPart.put(old, { properties }, call);
    apis.save(api);
    return { id, description: textOf(input["description"]), createdDate: new Date(call.now()) };
  };
}
