import type { CreateIntegrationResult } from "@aws-sdk/client-apigatewayv2";
import type { JsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { badRequest } from "../errors.ts";
import { integrationPart } from "../http/parts.ts";
import { textOf } from "../values.ts";

export function createIntegration(apis: Apis): (input: JsonObject, call: Call) => CreateIntegrationResult {
  return (input, call) => {
    if (textOf(input.IntegrationType) === undefined) throw badRequest("Invalid request input: IntegrationType is required.");
    const { api, physicalId } = integrationPart.put(apis.http(textOf(input.ApiId)), input, call);
    apis.save(api);
    return api.integrations.find((integration) => integration.IntegrationId === physicalId) ?? {};
  };
}
