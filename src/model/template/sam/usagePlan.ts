// UsagePlan of a REST API: plan, key and the tie between them, for one API or shared by all.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { mapOf, ref } from "./json.ts";
import { tagList } from "./role.ts";

export function emitUsagePlan(context: SamContext, resource: SamResource, stageId: string, auth: JsonObject): void {
  if (!isJsonObject(auth.UsagePlan)) return;
  const given = auth.UsagePlan;
  const kind = given.CreateUsagePlan;
  if (kind === "NONE") return;
  if (kind !== "PER_API" && kind !== "SHARED") fail("UsagePlan needs CreateUsagePlan: NONE, PER_API or SHARED.");
  const { id } = resource;
  const prefix = kind === "PER_API" ? id : "Serverless";
  const planId = `${prefix}UsagePlan`;
  const keyId = `${prefix}ApiKey`;
  if (kind === "SHARED") context.shared.usagePlanApis.push({ apiId: id, stageId, attributes: resource.passedOn });
  const apis = kind === "SHARED" ? context.shared.usagePlanApis : [{ apiId: id, stageId, attributes: resource.passedOn }];
  const attributes =
    kind === "SHARED"
      ? sharedAttributes(
          context,
          apis.map((api) => api.attributes),
        )
      : resource.passedOn;
  const tags: Json | undefined =
    resource.properties.PropagateTags === true && resource.properties.Tags !== undefined ? tagList(resource.properties.Tags) : undefined;
  emit(
    context,
    id,
    planId,
    "AWS::ApiGateway::UsagePlan",
    {
      ApiStages: apis.map((api) => ({ ApiId: ref(api.apiId), Stage: ref(api.stageId) })),
      UsagePlanName: given.UsagePlanName,
      Description: given.Description,
      Quota: given.Quota,
      Throttle: given.Throttle,
      Tags: given.Tags ?? tags,
    },
    { DependsOn: apis.map((api) => api.apiId), ...attributes },
  );
  emit(
    context,
    id,
    keyId,
    "AWS::ApiGateway::ApiKey",
    { Enabled: true, StageKeys: apis.map((api) => ({ RestApiId: ref(api.apiId), StageName: ref(api.stageId) })), Tags: tags },
    { DependsOn: [planId], ...attributes },
  );
  emit(
    context,
    id,
    `${prefix}UsagePlanKey`,
    "AWS::ApiGateway::UsagePlanKey",
    { KeyId: ref(keyId), KeyType: "API_KEY", UsagePlanId: ref(planId) },
    { DependsOn: [keyId], ...attributes },
  );
  context.referable.set(`${id}.UsagePlan`, planId);
  context.referable.set(`${id}.ApiKey`, keyId);
  context.referable.set(`${id}.UsagePlanKey`, `${prefix}UsagePlanKey`);
}

/** A shared plan lives as long as any of its APIs: conditions are joined with Or, the strictest policies win. */
function sharedAttributes(context: SamContext, all: readonly JsonObject[]): JsonObject {
  const result: JsonObject = {};
  const conditions = all.map((attributes) => attributes.Condition);
  if (conditions.every((condition) => typeof condition === "string")) {
    const names = [...new Set(conditions)];
    if (names.length === 1) result.Condition = names[0] ?? null;
    else {
      result.Condition = "SharedUsagePlanCondition";
      context.conditions.SharedUsagePlanCondition = { "Fn::Or": names.map((name) => ({ Condition: name })) };
    }
  } else delete context.conditions.SharedUsagePlanCondition;
  const strictest = (name: string): void => {
    const values = all.map((attributes) => attributes[name]).filter((value) => value !== undefined);
    const chosen = ["Retain", "Snapshot", "Delete"].find((value) => values.includes(value));
    if (chosen !== undefined) result[name] = chosen;
  };
  strictest("DeletionPolicy");
  strictest("UpdateReplacePolicy");
  return mapOf(result);
}
