import type { DeleteStageRequest } from "@aws-sdk/client-apigatewayv2";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Apis } from "../apis.ts";
import { notFound } from "../errors.ts";
import { stagePart } from "../http/parts.ts";

export function deleteStage(apis: Apis): (input: DeleteStageRequest) => object {
  return (input) => {
    if ("restApiId" in input)
      throw new AwsError("UnknownOperationException", "Contrail changes stages of REST APIs by templates only.", { status: 404 });
    const api = apis.http(input.ApiId);
    if (input.StageName === undefined || !api.stages.some((stage) => stage.name === input.StageName))
      throw notFound("Invalid stage identifier specified");
    apis.save(stagePart.drop(api, input.StageName));
    return {};
  };
}
