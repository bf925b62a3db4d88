import type { Method } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../../model/json.ts";
import type { Apis } from "../apis.ts";
import { badRequest } from "../errors.ts";
import { integrationOutput, methodAt, propertiesOf, withMethod } from "../rest/operations.ts";
import { integrationOf } from "../rest/parts.ts";

const types = ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"];

/** Takes the place of the method's integration; its responses are put one by one. */
export function putIntegration(apis: Apis): (input: JsonObject) => NonNullable<Method["methodIntegration"]> {
  return (input) => {
    const { api, method } = methodAt(apis, input);
    const integration = integrationOf({ ...propertiesOf(input), IntegrationResponses: [] });
    if (!types.includes(integration.type)) throw badRequest(`Invalid integration type specified: ${integration.type}`);
    if (integration.type !== "MOCK" && integration.uri === "") throw badRequest("Uri is required for HTTP and AWS integrations");
    if (integration.type.startsWith("AWS") && integration.httpMethod === undefined)
      throw badRequest("Enumeration value for HttpMethod must be non-empty");
    withMethod(apis, api, method, { ...method, integration });
    return integrationOutput(integration);
  };
}
