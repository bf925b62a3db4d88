import type { Stage } from "@aws-sdk/client-api-gateway";
import type { CreateStageResponse } from "@aws-sdk/client-apigatewayv2";
import type { JsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { badRequest, conflict } from "../errors.ts";
import { stagePart } from "../http/parts.ts";
import { propertiesOf } from "../rest/operations.ts";
import { stagePart as restStagePart } from "../rest/parts.ts";
import { textOf } from "../values.ts";
import { restStageOutput, stageOutput } from "./outputs.ts";

export function createStage(apis: Apis): (input: JsonObject, call: Call) => CreateStageResponse | Stage {
  return (input, call) => {
    if ("restApiId" in input) return createRestStage(apis, input, call);
    const old = apis.http(textOf(input.ApiId));
    const name = textOf(input.StageName) ?? "";
    if (!/^(?:\$default|[A-Za-z0-9_-]{1,128})$/.test(name)) throw badRequest("Stage name only allows a-zA-Z0-9_- and $default");
    if (old.stages.some((stage) => stage.name === name)) throw conflict("Stage already exists");
    const { api } = stagePart.put(old, input, call);
    apis.save(api);
    return api.stages.filter((stage) => stage.name === name).map(stageOutput)[0] ?? {};
  };
}

function createRestStage(apis: Apis, input: JsonObject, call: Call): Stage {
  const old = apis.rest(textOf(input["restApiId"]));
  const name = textOf(input["stageName"]) ?? "";
  if (!/^\w{1,128}$/.test(name)) throw badRequest("Stage name only allows a-zA-Z0-9_");
  if (old.stages.some((stage) => stage.name === name)) throw conflict("Stage already exists");
  if (!old.deployments.some(({ id }) => id === textOf(input["deploymentId"]))) throw badRequest("Deployment id does not exist");
  const { api } = restStagePart.put(old, { properties: propertiesOf(input) }, call);
  apis.save(api);
  return api.stages.filter((stage) => stage.name === name).map(restStageOutput)[0] ?? {};
}
