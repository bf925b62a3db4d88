// UsagePlan of a REST API: plan, key and the tie between them, for one API or shared by all.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { isSet, ref, setOnly } from "./json.ts";
import { words } from "../../words.ts";

const planProperties = ["CreateUsagePlan", "Description", "Quota", "Tags", "Throttle", "UsagePlanName"];

export function emitUsagePlan(context: SamContext, resource: SamResource, stageId: string, auth: JsonObject): void {
  const given = auth.UsagePlan;
  if (given === undefined || given === null) return;
  if (!isJsonObject(given)) fail(words("{{property}} should be a map.", { property: "UsagePlan" }));
  for (const name of Object.keys(given))
    if (!planProperties.includes(name)) fail(words("{{owner}} has no property {{name}}.", { owner: "UsagePlan", name }));
  const kind = given.CreateUsagePlan;
  if (kind === "NONE") return;
  if (kind !== "PER_API" && kind !== "SHARED") fail(words("UsagePlan needs CreateUsagePlan: NONE, PER_API or SHARED."));
  const { id } = resource;
  const prefix = kind === "PER_API" ? id : "Serverless";
  const planId = `${prefix}UsagePlan`;
  const keyId = `${prefix}ApiKey`;
  const own = { apiId: id, stageId, attributes: resource.passedOn };
  const shared = context.shared.usagePlanApis;
  if (kind === "SHARED") shared.push(own);
  const apis = kind === "SHARED" ? shared : [own];
  const attributes =
    kind === "SHARED"
      ? sharedAttributes(
          context,
          shared.map((api) => api.attributes),
        )
      : resource.passedOn;
  emit(
    context,
    id,
    planId,
    "AWS::ApiGateway::UsagePlan",
    {
      ApiStages: apis.map((api) => ({ ApiId: ref(api.apiId), Stage: ref(api.stageId) })),
      UsagePlanName: setOnly(given.UsagePlanName),
      Description: setOnly(given.Description),
      Quota: setOnly(given.Quota),
      Throttle: setOnly(given.Throttle),
      Tags: setOnly(given.Tags),
    },
    { DependsOn: apis.map((api) => api.apiId), ...attributes },
  );
  emit(
    context,
    id,
    keyId,
    "AWS::ApiGateway::ApiKey",
    { Enabled: true, StageKeys: apis.map((api) => ({ RestApiId: ref(api.apiId), StageName: ref(api.stageId) })) },
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
}

const sharedCondition = "SharedUsagePlanCondition";

/** A shared plan lives as long as any of its APIs: conditions are joined with Or, the strictest policies win. */
function sharedAttributes(context: SamContext, all: readonly JsonObject[]): JsonObject {
  const result: JsonObject = {};
  const conditions = all.map((attributes) => attributes.Condition);
  const names = [...new Set(conditions.filter((condition) => isSet(condition)))];
  const [only = null] = names;
  delete context.conditions[sharedCondition];
  if (conditions.every((condition) => isSet(condition))) {
    context.conditions[sharedCondition] = names.length === 1 ? only : { "Fn::Or": names.map((name): Json => ({ Condition: name })) };
    result.Condition = sharedCondition;
  }
  const strictest = (name: string, order: readonly string[]): void => {
    const values = all.map((attributes) => attributes[name]).filter((value) => isSet(value));
    const chosen = order.find((value) => values.includes(value)) ?? values[0];
    if (chosen !== undefined) result[name] = chosen;
  };
  strictest("DeletionPolicy", ["Retain"]);
  strictest("UpdateReplacePolicy", ["Retain", "Snapshot"]);
  return result;
}
