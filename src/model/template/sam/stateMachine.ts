// AWS::Serverless::StateMachine → state machine, role, version and alias, and what its events make.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { documentNames, locationOf } from "./codeLocation.ts";
import { emit, fail, guarded, mainAttributes } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { emitStateMachineEvent } from "./events/stateMachineEvents.ts";
import type { StartedMachine } from "./events/stateMachineEvents.ts";
import { ascii, getAtt, isIntrinsic, isSet, mapOf, ref } from "./json.ts";
import { assumeRoleBy, emitRole, propagateTags, tagList } from "./role.ts";
import { words } from "../../words.ts";

export function transformStateMachine(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  const substitutions: JsonObject = { ...mapOf(given.DefinitionSubstitutions) };
  const definition = definitionOf(context, given, substitutions);
  if (isSet(given.Role) && isSet(given.Policies))
    fail(words("{{one}} and {{other}} cannot both be set.", { one: "Role", other: "Policies" }));
  const tags = tagList(given.Tags, { "stateMachine:createdBy": "SAM" });
  const roleId = `${id}Role`;
  emit(
    context,
    id,
    id,
    "AWS::StepFunctions::StateMachine",
    {
      ...definition,
      DefinitionSubstitutions: Object.keys(substitutions).length > 0 ? substitutions : undefined,
      RoleArn: isSet(given.Role) ? given.Role : getAtt(roleId, "Arn"),
      StateMachineName: given.Name,
      StateMachineType: given.Type,
      LoggingConfiguration: given.Logging,
      TracingConfiguration: given.Tracing,
      Tags: tags,
    },
    mainAttributes(resource),
  );
  if (!isSet(given.Role)) {
    const policies = isSet(given.Policies) ? given.Policies : [];
    emitRole(context, resource, {
      id: roleId,
      assumeRolePolicyDocument: assumeRoleBy("states.amazonaws.com"),
      managedPolicyArns: [],
      ownPolicies: [],
      policies: [
        ...(Array.isArray(policies) ? policies : [policies]),
        ...(mapOf(given.Tracing).Enabled === true ? ["AWSXrayWriteOnlyAccess"] : []),
      ],
      tags,
      path: given.RolePath,
      permissionsBoundary: given.PermissionsBoundary,
    });
  }
  const aliasId = emitVersionAndAlias(context, resource);
  const machine: StartedMachine = { resource, targetId: isSet(given.UseAliasAsEventTarget) ? (aliasId ?? id) : id };
  for (const [name, event] of Object.entries(mapOf(given.Events))) {
    guarded(
      context,
      { path: ["Resources", id, "Properties", "Events", name], who: words("Event {{name}} of {{id}}", { name, id }) },
      () => {
        emitStateMachineEvent(context, machine, name, event);
      },
    );
  }
  propagateTags(context, given);
}

function definitionOf(context: SamContext, given: JsonObject, substitutions: JsonObject): Record<string, Json> {
  if (isSet(given.Definition) && isSet(given.DefinitionUri))
    fail(words("{{one}} and {{other}} cannot both be set.", { one: "Definition", other: "DefinitionUri" }));
  if (isSet(given.Definition)) {
    const text = partsWithSubstitutions(given.Definition, substitutions, { next: 1 });
    return { DefinitionString: { "Fn::Join": ["\n", ascii(JSON.stringify(text, null, 4)).split("\n")] } };
  }
  if (!isSet(given.DefinitionUri)) fail(words("a state machine needs Definition or DefinitionUri."));
  return { DefinitionS3Location: locationOf(context, given.DefinitionUri, "DefinitionUri", documentNames) };
}

/** Functions and dynamic references cannot stand inside a text: each becomes a substitution of its own. Keys are sorted. */
function withSubstitutions(value: Json, substitutions: JsonObject, counter: { next: number }): Json {
  const isDynamic = typeof value === "string" && /^\{\{resolve:[a-z-]+:.+\}\}$/.test(value);
  if (!isIntrinsic(value) && !isDynamic) return partsWithSubstitutions(value, substitutions, counter);
  const name = `definition_substitution_${counter.next}`;
  counter.next += 1;
  substitutions[name] = value;
  return `\${${name}}`;
}

function partsWithSubstitutions(value: Json, substitutions: JsonObject, counter: { next: number }): Json {
  if (Array.isArray(value)) return value.map((item) => withSubstitutions(item, substitutions, counter));
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value).toSorted()) result[key] = withSubstitutions(value[key] ?? null, substitutions, counter);
  return result;
}

/** Returns the alias's logical ID. */
function emitVersionAndAlias(context: SamContext, resource: SamResource): string | undefined {
  const { id, properties: given, passedOn } = resource;
  const alias = given.AutoPublishAlias;
  if (!isSet(alias)) {
    for (const name of ["UseAliasAsEventTarget", "DeploymentPreference"])
      if (isSet(given[name])) fail(words("{{name}} needs AutoPublishAlias.", { name }));
    return undefined;
  }
  if (typeof alias !== "string" || !/^[A-Za-z0-9]+$/.test(alias))
    fail(words("{{property}} should be text of letters and digits.", { property: "AutoPublishAlias" }));
  const versionId = `${id}Version`;
  emit(
    context,
    id,
    versionId,
    "AWS::StepFunctions::StateMachineVersion",
    { StateMachineArn: ref(id), StateMachineRevisionId: getAtt(id, "StateMachineRevisionId") },
    { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain", ...passedOn },
  );
  const preference = isSet(given.DeploymentPreference) ? given.DeploymentPreference : { Type: "ALL_AT_ONCE" };
  if (!isJsonObject(preference)) fail(words("{{property}} should be a map.", { property: "DeploymentPreference" }));
  emit(
    context,
    id,
    `${id}Alias${alias}`,
    "AWS::StepFunctions::StateMachineAlias",
    { Name: alias, DeploymentPreference: { ...preference, StateMachineVersionArn: ref(versionId) } },
    passedOn,
  );
  return `${id}Alias${alias}`;
}
