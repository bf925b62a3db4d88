// Merges the Globals section into the resources it names: maps key by key, lists one after the other, the resource's own
// values over the global ones. https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import type { SamContext } from "./context.ts";
import { copyOf, entryOf, isIntrinsic, isSet, mapOf } from "./json.ts";
import { inRow, said, words, type Words } from "../../words.ts";

/** Properties that a section of Globals takes. */
const sections: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    Function:
      "Handler Runtime CodeUri DeadLetterQueue Description MemorySize Timeout VpcConfig Environment Tags PropagateTags Tracing KmsKeyArn " +
      "AutoPublishAlias AutoPublishAliasAllProperties Layers DeploymentPreference RolePath PermissionsBoundary ReservedConcurrentExecutions " +
      "ProvisionedConcurrencyConfig AssumeRolePolicyDocument EventInvokeConfig FileSystemConfigs CodeSigningConfigArn Architectures SnapStart " +
      "EphemeralStorage FunctionUrlConfig RuntimeManagementConfig LoggingConfig RecursiveLoop SourceKMSKeyArn TenancyConfig DurableConfig " +
      "CapacityProviderConfig FunctionScalingConfig PublishToLatestPublished VersionDeletionPolicy",
    Api:
      "Auth Name DefinitionUri CacheClusterEnabled CacheClusterSize MergeDefinitions Variables EndpointConfiguration MethodSettings " +
      "BinaryMediaTypes MinimumCompressionSize Cors GatewayResponses AccessLogSetting CanarySetting TracingEnabled OpenApiVersion Domain " +
      "AlwaysDeploy PropagateTags SecurityPolicy EndpointAccessMode",
    HttpApi:
      "Auth AccessLogSettings StageVariables Tags CorsConfiguration DefaultRouteSettings Domain RouteSettings FailOnWarnings PropagateTags",
    WebSocketApi:
      "AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint DisableSchemaValidation Domain " +
      "FailOnWarnings IpAddressType PropagateTags RouteSelectionExpression RouteSettings StageVariables Tags",
    SimpleTable: "SSESpecification",
    StateMachine: "PropagateTags",
    LayerVersion: "PublishLambdaVersion",
    CapacityProvider: "VpcConfig OperatorRole Tags InstanceRequirements ScalingConfig KmsKeyArn PropagateTags",
  }).map(([name, properties]) => [name, properties.split(" ")]),
);

const prefix = "AWS::Serverless::";

/** The sections of Globals that SAM knows, without what it does not know in them. */
export function readGlobals(context: SamContext, given: Json | undefined): JsonObject {
  if (given === undefined) return {};
  const wrong = (what: Words, ...path: readonly string[]): void => {
    context.findings.push({ rule: "sam.globals", severity: "error", ...said(inRow(["Globals", what], ": ")), path: ["Globals", ...path] });
  };
  if (!isJsonObject(given)) {
    wrong(words("it should be a map of sections."));
    return {};
  }
  const globals: JsonObject = {};
  for (const [name, properties] of Object.entries(given)) {
    const known = entryOf(sections, name);
    if (known === undefined) {
      wrong(
        words("{{name}} is no section of Globals. There are {{sections}}.", { name, sections: Object.keys(sections).join(", ") }),
        name,
      );
    } else if (!isJsonObject(properties)) wrong(words("{{name}} should be a map of properties.", { name }), name);
    else {
      const supported: JsonObject = {};
      for (const [property, value] of Object.entries(properties)) {
        if (known.includes(property)) supported[property] = value;
        else
          wrong(
            words("{{name}} does not take {{property}}. It takes {{known}}.", { name, property, known: known.join(", ") }),
            name,
            property,
          );
      }
      globals[name] = supported;
    }
  }
  return globals;
}

export function mergeGlobals(context: SamContext, id: string, resource: JsonObject, globals: JsonObject): JsonObject {
  const { Type: type } = resource;
  const section = typeof type === "string" && type.startsWith(prefix) ? type.slice(prefix.length) : "";
  if (!Object.hasOwn(sections, section)) return resource;
  const all = Object.hasOwn(globals, section) ? mapOf(globals[section]) : undefined;
  const ignored = resource["IgnoreGlobals"];
  if (all !== undefined && isSet(ignored) && ignored !== "*") {
    const unknown = listed(ignored).filter((name) => typeof name !== "string" || !Object.hasOwn(all, name));
    if (unknown.length > 0 || !Array.isArray(ignored)) {
      const what =
        unknown.length > 0
          ? words("IgnoreGlobals is wrong: {{name}} is not in Globals.", { name: JSON.stringify(unknown[0]) })
          : words('IgnoreGlobals is wrong: it should be "*" or a list of names.');
      context.findings.push({
        rule: "sam.globals",
        severity: "error",
        ...said(inRow([id, what], ": ")),
        path: ["Resources", id, "IgnoreGlobals"],
      });
    }
  }
  const { IgnoreGlobals: _, ...rest } = resource;
  return all === undefined || ignored === "*" ? rest : { ...rest, Properties: inheritProperties(resource, all) };
}

/** The properties of a resource, with those of its section of Globals that it does not ignore. */
export function inheritProperties(resource: JsonObject, section: JsonObject): Json {
  const { IgnoreGlobals: ignored, Properties: own } = resource;
  if (ignored === "*") return own ?? {};
  const names = listed(ignored);
  // What is left of Globals is the resource's own; without such a list all resources have the same values.
  const left = names.length === 0 ? section : copyOf(Object.fromEntries(Object.entries(section).filter(([name]) => !names.includes(name))));
  return mergeValues(left, own ?? {});
}

function listed(ignored: Json | undefined): readonly Json[] {
  return Array.isArray(ignored) ? ignored : [];
}

function mergeValues(global: Json, local: Json): Json {
  if (Array.isArray(global) && Array.isArray(local)) return [...global, ...local];
  if (isJsonObject(global) && isJsonObject(local) && !isIntrinsic(global) && !isIntrinsic(local)) {
    const result: JsonObject = { ...global };
    for (const [key, value] of Object.entries(local)) {
      const base = Object.hasOwn(global, key) ? global[key] : undefined;
      result[key] = base === undefined ? value : mergeValues(base, value);
    }
    return result;
  }
  return local;
}
