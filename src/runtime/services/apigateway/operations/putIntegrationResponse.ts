import type { IntegrationResponse } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../../../model/json.ts";
import type { Apis } from "../apis.ts";
import { integrationAt, integrationResponseOutput, propertiesOf, withMethod } from "../rest/operations.ts";
import { integrationResponseOf } from "../rest/parts.ts";

export function putIntegrationResponse(apis: Apis): (input: JsonObject) => IntegrationResponse {
  return (input) => {
    const { api, method, integration } = integrationAt(apis, input);
    const response = integrationResponseOf(propertiesOf(input));
    const others = integration.responses.filter(({ statusCode }) => statusCode !== response.statusCode);
    withMethod(apis, api, method, { ...method, integration: { ...integration, responses: [...others, response] } });
    return integrationResponseOutput(response);
  };
}
