// Events that start executions of a state machine.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext, SamResource } from "../context.ts";
import { getAtt, isSet, mapOf, ref, setOnly, sub, textOf } from "../json.ts";
import { addIntegration, conditional, hasIntegration, isSwagger } from "../openApi.ts";
import { applyAuth } from "../restApiMethods.ts";
import { allow, assumeRoleBy } from "../role.ts";
import { eventProperties } from "./eventProperties.ts";
import { linkedApi } from "./restApiEvent.ts";
import { emitRule, targetId } from "./rule.ts";
import type { RuleRequest } from "./rule.ts";
import { emitScheduleV2 } from "./schedule.ts";
import { words } from "../../../words.ts";

/** The state machine, and what of it events start: itself or its alias. */
export interface StartedMachine {
  readonly resource: SamResource;
  readonly targetId: string;
}

type Emitter = (context: SamContext, machine: StartedMachine, id: string, given: JsonObject) => void;

const emitters: Readonly<Record<string, Emitter>> = {
  Schedule: (context, machine, id, given) => emitStartRule(context, machine, { id, type: "Schedule", given }),
  CloudWatchEvent: (context, machine, id, given) => emitStartRule(context, machine, { id, type: "CloudWatchEvent", given }),
  EventBridgeRule: (context, machine, id, given) => emitStartRule(context, machine, { id, type: "EventBridgeRule", given }),
  ScheduleV2: emitSchedule,
  Api: emitApiEvent,
};

export function emitStateMachineEvent(context: SamContext, machine: StartedMachine, name: string, event: Json): void {
  if (!isJsonObject(event)) fail(words("an event should be a map with Type and Properties."), "sam.event");
  const type = textOf(event.Type);
  if (type === undefined) fail(words("an event needs a Type."), "sam.event");
  const emitter = Object.hasOwn(emitters, type) ? emitters[type] : undefined;
  if (emitter === undefined) fail(words("{{type}} is not an event type of state machines.", { type }), "sam.event");
  const { id } = machine.resource;
  const properties = eventProperties(context, { owner: "stateMachine", ownerId: id, name, type, event });
  if (properties !== undefined) emitter(context, machine, id + name, properties);
}

function emitStartRule(context: SamContext, machine: StartedMachine, event: Omit<RuleRequest, "target">): void {
  const { id, type, given } = event;
  const own = type === "Schedule" ? (given.RoleArn ?? undefined) : undefined;
  if (own === undefined) emitStartRole(context, machine, id, "events.amazonaws.com");
  const target = { Arn: ref(machine.targetId), Id: targetId(id, "StepFunctionsTarget"), RoleArn: own ?? getAtt(`${id}Role`, "Arn") };
  emitRule(context, machine.resource, { ...event, target });
}

function emitSchedule(context: SamContext, machine: StartedMachine, id: string, given: JsonObject): void {
  emitScheduleV2(
    context,
    { resource: machine.resource, arn: ref(machine.targetId), action: "states:StartExecution", policyName: "StartExecution" },
    id,
    given,
  );
}

/** Role with which the source starts executions. */
function emitStartRole(context: SamContext, { resource, targetId: started }: StartedMachine, id: string, service: string): void {
  const roleId = `${id}Role`;
  emit(
    context,
    resource.id,
    roleId,
    "AWS::IAM::Role",
    {
      AssumeRolePolicyDocument: assumeRoleBy(service),
      Policies: [allow(`${roleId}StartExecutionPolicy`, "states:StartExecution", ref(started))],
      PermissionsBoundary: setOnly(resource.properties.PermissionsBoundary),
    },
    resource.passedOn,
  );
}

function emitApiEvent(context: SamContext, machine: StartedMachine, id: string, given: JsonObject): void {
  const { Path: path, Method: written } = given;
  if (typeof path !== "string" || typeof written !== "string") fail(words("Path and Method should be text."), "sam.event");
  const method = written.toLowerCase();
  emitStartRole(context, machine, id, "apigateway.amazonaws.com");
  const api = linkedApi(context, given.RestApiId);
  const definition = api.properties.DefinitionBody;
  if (!context.managedApis.has(api.id) || definition === undefined || definition === null) return;
  if (!isSwagger(definition))
    fail(words("DefinitionBody of {{api}} is no OpenAPI document that SAM can add to.", { api: api.id }), "sam.event");
  if (hasIntegration(definition, path, method))
    fail(words("the API method {{method}} is defined several times for the path {{path}}.", { method, path }), "sam.event");
  const { Condition: condition } = machine.resource.passedOn;
  const integration: JsonObject = {
    type: "aws",
    httpMethod: "POST",
    uri: conditional(condition, sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution")),
    responses: { "200": { statusCode: "200" }, "400": { statusCode: "400" } },
    credentials: getAtt(`${id}Role`, "Arn"),
    requestTemplates: { "application/json": requestTemplate(machine, isSet(given.UnescapeMappingTemplate)) },
  };
  const responses: JsonObject = { "200": { description: "OK" }, "400": { description: "Bad Request" } };
  addIntegration(definition, { path, method }, { integration, responses }, condition);
  if (!isSet(given.Auth)) return;
  applyAuth(context, { api: api.properties, definition, path, method, stage: given.Stage ?? null, event: {} }, mapOf(given.Auth));
}

function requestTemplate({ targetId: started }: StartedMachine, isUnescaped: boolean): JsonObject {
  const escaped = "$util.escapeJavaScript($input.json('$'))";
  const input = isUnescaped ? `${escaped}.replaceAll("\\\\'","'")` : escaped;
  return sub(`{"input": "${input}", "stateMachineArn": "\${${started}}"}`);
}
