import { isJsonObject, type Json } from "../json.ts";
import { deliver } from "./deliver.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind } from "./owners.ts";
import { mentionedIds } from "./references.ts";
import { at, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

// GraphQL APIs: what their data sources stand for, named by the fields that resolvers answer from them.

const sourceConfigs = [
  "LambdaConfig",
  "DynamoDBConfig",
  "EventBridgeConfig",
  "OpenSearchServiceConfig",
  "RelationalDatabaseConfig",
  "HttpConfig",
];

export function deriveDataSource(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const api = drawnBehind(view, resource.properties["ApiId"]);
  deliver(view, draft, api, sourceTarget(view, resource), [resource.path]);
}

function sourceTarget(view: TemplateView, source: ResourceView | undefined): string | undefined {
  for (const property of sourceConfigs) {
    const target = drawnBehind(view, source?.properties[property]);
    if (target !== undefined) return target;
  }
  return undefined;
}

/** `Query.orders` at the connection that answers it. */
export function deriveResolver(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const api = drawnBehind(view, resource.properties["ApiId"]);
  const name = textOf(resource.properties["DataSourceName"]);
  const sources = [...view.resources.values()].filter((each) => each.type === "AWS::AppSync::DataSource");
  const named = new Set(mentionedIds(resource.properties["DataSourceName"]));
  const source = sources.find((each) => named.has(each.id) || (name !== undefined && each.properties["Name"] === name));
  const field = [textOf(resource.properties["TypeName"]), textOf(resource.properties["FieldName"])].filter((part) => part !== undefined);
  deliver(view, draft, api, sourceTarget(view, source), [resource.path], { label: field.join(".") });
}

/** SAM's GraphQL API names its data sources itself. */
export function deriveSamGraphQl(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const sources = at(resource.properties, "DataSources");
  for (const kind of ["DynamoDb", "Lambda"]) {
    const named = at(sources, kind);
    if (!isJsonObject(named)) continue;
    for (const [name, source] of Object.entries(named)) {
      const path: TemplatePath = [...resource.path, "Properties", "DataSources", kind, name];
      const target = drawnBehind(view, at(source, "TableArn") ?? at(source, "FunctionArn") ?? at(source, "TableName"));
      deliver(view, draft, resource.id, target, [path], { label: samFields(resource, name) });
    }
  }
  const guard = drawnBehind(view, at(resource.properties, "Auth", "LambdaAuthorizer") ?? at(resource.properties, "Auth", "UserPool"));
  if (guard === undefined || guard === resource.id) return;
  const path: TemplatePath = [...resource.path, "Properties", "Auth"];
  draft.connect({ kind: "target", from: resource.id, to: guard, name: "authorizer", label: words("authorizer"), writtenAt: [path] });
}

/** Fields whose resolver runs a function of that data source: `Query.orders`. */
function samFields(api: ResourceView, source: string): string {
  const functions = at(api.properties, "Functions");
  const usesSource = (name: Json): boolean => typeof name === "string" && at(functions, name, "DataSource") === source;
  const resolvers = at(api.properties, "Resolvers");
  if (!isJsonObject(resolvers)) return "";
  return Object.entries(resolvers)
    .flatMap(([operation, fields]) =>
      Object.entries(isJsonObject(fields) ? fields : {}).flatMap(([field, resolver]) => {
        const pipeline = at(resolver, "Pipeline");
        return Array.isArray(pipeline) && pipeline.some(usesSource) ? [`${operation}.${field}`] : [];
      }),
    )
    .join(", ");
}
