import type { GetRestApiRequest, RestApi } from "@aws-sdk/client-api-gateway";
import type { Apis } from "../apis.ts";
import { restApiOutput } from "./outputs.ts";

export function getRestApi(apis: Apis): (input: GetRestApiRequest) => RestApi {
  return ({ restApiId }) => restApiOutput(apis.rest(restApiId));
}
