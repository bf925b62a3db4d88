import type { DeleteStageRequest as RestRequest } from "@aws-sdk/client-api-gateway";
import type { DeleteStageRequest } from "@aws-sdk/client-apigatewayv2";
import type { Apis } from "../apis.ts";
import { notFound } from "../errors.ts";
import { stagePart } from "../http/parts.ts";
import { stagePart as restStagePart } from "../rest/parts.ts";

export function deleteStage(apis: Apis): (input: DeleteStageRequest | RestRequest) => object {
  return (input) => {
    if ("restApiId" in input) {
      const api = apis.rest(input.restApiId);
      if (input.stageName === undefined || !api.stages.some(({ name }) => name === input.stageName))
        throw notFound("Invalid stage identifier specified");
      apis.save(restStagePart.drop(api, input.stageName));
      return {};
    }
    const api = apis.http(input.ApiId);
    if (input.StageName === undefined || !api.stages.some((stage) => stage.name === input.StageName))
      throw notFound("Invalid stage identifier specified");
    apis.save(stagePart.drop(api, input.StageName));
    return {};
  };
}
