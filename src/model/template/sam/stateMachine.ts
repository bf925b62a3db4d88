// AWS::Serverless::StateMachine → state machine, role, version and alias, and what its events make.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { callIn } from "../resolve.ts";
import { emit, fail, SamError } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { emitStateMachineEvent } from "./events/stateMachineEvents.ts";
import { locationOf, resolvedText } from "./function.ts";
import { getAtt, mapOf, ref } from "./json.ts";
import { assumeRoleBy, emitRole, tagList } from "./role.ts";

const createdBySam: JsonObject = { "stateMachine:createdBy": "SAM" };

export function transformStateMachine(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  if (given.Definition !== undefined && given.DefinitionUri !== undefined) fail("Definition and DefinitionUri cannot both be set.");
  const { Definition: definition } = given;
  const substitutions: JsonObject = { ...mapOf(given.DefinitionSubstitutions) };
  const own: Record<string, Json | undefined> = {};
  if (isJsonObject(definition)) {
    const text = withSubstitutions(definition, substitutions, { next: 1 });
    own.DefinitionString = { "Fn::Join": ["\n", JSON.stringify(sorted(text), null, 4).split("\n")] };
  } else if (given.DefinitionUri !== undefined) {
    own.DefinitionS3Location = locationOf(context, given.DefinitionUri, "DefinitionUri", {
      bucket: "Bucket",
      key: "Key",
      version: "Version",
    });
  } else fail("a state machine needs Definition or DefinitionUri.");
  if (given.Role !== undefined && given.Policies !== undefined) fail("Role and Policies cannot both be set.");
  const tags = tagList(given.Tags, createdBySam);
  const roleId = `${id}Role`;
  if (given.Role === undefined) {
    emitRole(context, resource, {
      id: roleId,
      assumeRolePolicyDocument: assumeRoleBy("states.amazonaws.com"),
      managedPolicyArns: mapOf(given.Tracing).Enabled === true ? [`arn:${context.partition}:iam::aws:policy/AWSXrayWriteOnlyAccess`] : [],
      ownPolicies: [],
      laterPolicies: [],
      policies: given.Policies,
      tags,
      path: given.RolePath,
      permissionsBoundary: given.PermissionsBoundary,
    });
  }
  emit(
    context,
    id,
    id,
    "AWS::StepFunctions::StateMachine",
    {
      ...own,
      DefinitionSubstitutions: Object.keys(substitutions).length > 0 ? substitutions : undefined,
      RoleArn: given.Role ?? getAtt(roleId, "Arn"),
      StateMachineName: given.Name,
      StateMachineType: given.Type,
      LoggingConfiguration: given.Logging,
      TracingConfiguration: given.Tracing,
      Tags: tags,
    },
    { ...resource.attributes, ...(resource.dependsOn === undefined ? {} : { DependsOn: resource.dependsOn }) },
  );
  if (given.AutoPublishAlias !== undefined)
    emitVersionAndAlias(context, resource, resolvedText(context, given.AutoPublishAlias, "AutoPublishAlias"));

  for (const [name, event] of Object.entries(mapOf(given.Events))) {
    try {
      emitStateMachineEvent(context, resource, name, mapOf(event));
    } catch (error) {
      if (!(error instanceof SamError)) throw error;
      context.findings.push({
        rule: error.rule,
        severity: "error",
        message: `Event ${name} of ${id}: ${error.message}`,
        path: ["Resources", id, "Properties", "Events", name],
      });
    }
  }
}

/** Functions cannot stand inside a text: each becomes a substitution of its own. */
function withSubstitutions(value: Json, substitutions: JsonObject, counter: { next: number }): Json {
  if (Array.isArray(value)) return value.map((item) => withSubstitutions(item, substitutions, counter));
  if (!isJsonObject(value)) return value;
  if (callIn(value) !== undefined) {
    const name = `definition_substitution_${counter.next}`;
    counter.next += 1;
    substitutions[name] = value;
    return `\${${name}}`;
  }
  const result: JsonObject = {};
  for (const key of Object.keys(value).toSorted()) result[key] = withSubstitutions(value[key] ?? null, substitutions, counter);
  return result;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}

function emitVersionAndAlias(context: SamContext, resource: SamResource, alias: string): void {
  const { id, properties: given, passedOn } = resource;
  const versionId = `${id}Version`;
  emit(
    context,
    id,
    versionId,
    "AWS::StepFunctions::StateMachineVersion",
    { StateMachineArn: ref(id), StateMachineRevisionId: getAtt(id, "StateMachineRevisionId") },
    { ...passedOn, DeletionPolicy: passedOn.DeletionPolicy ?? "Retain", UpdateReplacePolicy: passedOn.UpdateReplacePolicy ?? "Retain" },
  );
  const preference = given.DeploymentPreference === undefined ? { Type: "ALL_AT_ONCE" } : mapOf(given.DeploymentPreference);
  emit(
    context,
    id,
    `${id}Alias${alias}`,
    "AWS::StepFunctions::StateMachineAlias",
    { Name: alias, DeploymentPreference: { ...preference, StateMachineVersionArn: ref(versionId) } },
    passedOn,
  );
  context.referable.set(`${id}.Version`, versionId);
  context.referable.set(`${id}.Alias`, `${id}Alias${alias}`);
}
