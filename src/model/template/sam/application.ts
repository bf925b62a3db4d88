// AWS::Serverless::Application → a nested stack.
import { emit, fail, resolveParametersAndMappings } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { isSet } from "./json.ts";
import { samTags } from "./role.ts";
import { words } from "../../words.ts";

export function transformApplication(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  const { Location: location = null } = given;
  const application = isJsonObject(location) ? repositoryApplication(context, location) : undefined;
  const url = application === undefined ? location : given.TemplateUrl;
  emit(
    context,
    id,
    id,
    "AWS::CloudFormation::Stack",
    {
      // The template of an application in the repository is made by the repository, when it is deployed to AWS.
      TemplateURL: isSet(url) ? url : "",
      Parameters: given.Parameters,
      NotificationARNs: given.NotificationARNs,
      TimeoutInMinutes: given.TimeoutInMinutes,
      Tags: samTags(given.Tags, "lambda:createdBy", application ?? {}),
    },
    { ...resource.passedOn, ...(isSet(resource.dependsOn) ? { DependsOn: resource.dependsOn } : {}) },
  );
}

/** Tags that say which application of the Serverless Application Repository it is. */
function repositoryApplication(context: SamContext, location: JsonObject): JsonObject {
  const [id, version] = ["ApplicationId", "SemanticVersion"].map((name): Json => {
    const value = resolveParametersAndMappings(context, location[name] ?? null);
    if (typeof value === "string" && value !== "") return value;
    return fail(words("Location needs {{name}}, as text, Ref to a parameter, or FindInMap.", { name }));
  });
  return { "serverlessrepo:applicationId": id ?? null, "serverlessrepo:semanticVersion": version ?? null };
}
