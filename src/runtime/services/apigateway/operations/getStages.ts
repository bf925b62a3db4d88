import type { GetStagesRequest as RestRequest, Stages } from "@aws-sdk/client-api-gateway";
import type { GetStagesRequest, GetStagesResponse } from "@aws-sdk/client-apigatewayv2";
import type { Apis } from "../apis.ts";
import { restStageOutput, stageOutput } from "./outputs.ts";

/** Both APIs name an operation GetStages; the member that names the API tells them apart. */
export function getStages(apis: Apis): (input: GetStagesRequest | RestRequest) => GetStagesResponse | Stages {
  return (input) =>
    "restApiId" in input
      ? { item: apis.rest(input.restApiId).stages.map(restStageOutput) }
      : { Items: apis.http(input.ApiId).stages.map(stageOutput) };
}
