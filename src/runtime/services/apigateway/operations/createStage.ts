import type { CreateStageResponse } from "@aws-sdk/client-apigatewayv2";
import type { JsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Apis } from "../apis.ts";
import { badRequest, conflict } from "../errors.ts";
import { stagePart } from "../http/parts.ts";
import { textOf } from "../values.ts";
import { stageOutput } from "./outputs.ts";

export function createStage(apis: Apis): (input: JsonObject, call: Call) => CreateStageResponse {
  return (input, call) => {
    if ("restApiId" in input)
      throw new AwsError("UnknownOperationException", "Contrail makes stages of REST APIs from templates only.", { status: 404 });
    const old = apis.http(textOf(input.ApiId));
    const name = textOf(input.StageName) ?? "";
    if (!/^(?:\$default|[A-Za-z0-9_-]{1,128})$/.test(name)) throw badRequest("Stage name only allows a-zA-Z0-9_- and $default");
    if (old.stages.some((stage) => stage.name === name)) throw conflict("Stage already exists");
    const { api } = stagePart.put(old, input, call);
    apis.save(api);
    return api.stages.filter((stage) => stage.name === name).map(stageOutput)[0] ?? {};
  };
}
