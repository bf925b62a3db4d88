// Events that start executions of a state machine.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext, SamResource } from "../context.ts";
import { getAtt, mapOf, ref, refId, sub, textOf } from "../json.ts";
import { conditional, hasIntegration, integrationKey, isDefinition, methodKey, alternatives, addPath } from "../openApi.ts";
import { applyMethodSettings } from "../restApiMethods.ts";
import { allow, assumeRoleBy } from "../role.ts";
import { emitRule, targetId } from "./rule.ts";
import { emitScheduleV2 } from "./schedule.ts";

export function emitStateMachineEvent(context: SamContext, resource: SamResource, name: string, event: JsonObject): void {
  const type = textOf(event.Type);
  const given = mapOf(event.Properties);
  const id = resource.id + name;
  switch (type) {
    case "Schedule":
    case "CloudWatchEvent":
    case "EventBridgeRule": {
      const roleId = emitStartRole(context, resource, id, "events.amazonaws.com", given);
      const roleArn = given.RoleArn ?? getAtt(roleId, "Arn");
      emitRule(context, resource, id, given, { Arn: ref(resource.id), Id: targetId(id, "StepFunctionsTarget"), RoleArn: roleArn });
      return;
    }
    case "ScheduleV2": {
      const boundary = given.PermissionsBoundary ?? resource.properties.PermissionsBoundary;
      emitScheduleV2(
        context,
        { resource, arn: ref(resource.id), action: "states:StartExecution", policyName: "StartExecution" },
        id,
        boundary === undefined ? given : { ...given, PermissionsBoundary: boundary },
      );
      return;
    }
    case "Api":
      emitApiEvent(context, resource, id, given);
      return;
    default:
      fail(`${type ?? "an event without Type"} is not an event type of state machines.`);
  }
}

/** Role with which the source starts executions; not made when the event brings one. */
function emitStartRole(context: SamContext, resource: SamResource, id: string, service: string, given: JsonObject): string {
  const roleId = `${id}Role`;
  if (given.RoleArn !== undefined) return roleId;
  emit(
    context,
    resource.id,
    roleId,
    "AWS::IAM::Role",
    {
      AssumeRolePolicyDocument: assumeRoleBy(service),
      Policies: [allow(`${roleId}StartExecutionPolicy`, "states:StartExecution", ref(resource.id))],
      PermissionsBoundary: resource.properties.PermissionsBoundary,
    },
    resource.passedOn,
  );
  return roleId;
}

function emitApiEvent(context: SamContext, resource: SamResource, id: string, given: JsonObject): void {
  const { Path: path, Method: method } = given;
  if (typeof path !== "string" || typeof method !== "string") fail("Api events need Path and Method.", "sam.event");
  const apiId = refId(given.RestApiId);
  const api = apiId === undefined ? undefined : context.resources[apiId];
  const roleId = emitStartRole(context, resource, id, "apigateway.amazonaws.com", {});
  if (apiId === undefined || !isJsonObject(api) || !context.managedApis.has(apiId)) return;
  const properties = mapOf(api.Properties);
  const definition = properties.DefinitionBody;
  if (!isDefinition(definition)) return;
  if (hasIntegration(definition, path, method))
    fail(`the API method ${method} is defined several times for the path ${path}.`, "sam.event");
  const condition = textOf(resource.passedOn.Condition);
  const unescaped = given.UnescapeMappingTemplate === true;
  const input = unescaped
    ? "$util.escapeJavaScript($input.json('$')).replaceAll(\"\\\\'\",\"'\")"
    : "$util.escapeJavaScript($input.json('$'))";
  const integration: JsonObject = {
    type: "aws",
    httpMethod: "POST",
    uri: conditional(condition, sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution")),
    responses: { "200": { statusCode: "200" }, "400": { statusCode: "400" } },
    credentials: getAtt(roleId, "Arn"),
    requestTemplates: { "application/json": sub(`{"input": "${input}", "stateMachineArn": "\${${resource.id}}"}`) },
  };
  const responses: Json = { "200": { description: "OK" }, "400": { description: "Bad Request" } };
  const key = methodKey(method);
  for (const item of addPath(definition, path, method)) {
    for (const present of alternatives(item[key]))
      item[key] = conditional(condition, { ...present, [integrationKey]: integration, responses: present.responses ?? responses });
  }
  const stage = textOf(properties.StageName) ?? "Stage";
  applyMethodSettings(context, {
    api: properties,
    definition,
    path,
    method,
    stage,
    auth: isJsonObject(given.Auth) ? given.Auth : undefined,
    event: {},
  });
}
