import type { Json, JsonObject } from "../../../model/json.ts";
import { isJsonObject } from "../../../model/json.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";
import type { ClusterSettings, Clusters, Ttls } from "./clusters.ts";

/** AWS::DAX::Cluster: Ref gives the name, ClusterDiscoveryEndpointURL where an SDK's DynamoDB client finds it. */
export function clusterProvider(clusters: Clusters, endpoint: () => string): ResourceProvider {
  const deployed = (region: string, name: string, properties: JsonObject): Deployed => {
    const { arn } = clusters.put(region, name, settingsOf(properties));
    const url = `${endpoint()}/_aws/dax/${region}/${encodeURIComponent(name)}`;
    return {
      physicalId: name,
      attributes: { Arn: arn, ClusterDiscoveryEndpoint: url.replace(/^https?:\/\//, ""), ClusterDiscoveryEndpointURL: url },
      ref: { service: "dax", type: "AWS::DAX::Cluster", name, region, arn },
    };
  };
  return {
    create: (resource, call) => deployed(call.region, nameOf(resource, "ClusterName", call), resource.properties),
    update: (resource, previous, call) =>
      resource.properties["ClusterName"] === previous.properties["ClusterName"]
        ? deployed(call.region, previous.physicalId, resource.properties)
        : "replace",
    delete: (previous, call) => clusters.remove(call.region, previous.physicalId),
  };
}

export function parameterGroupProvider(clusters: Clusters): ResourceProvider {
  const deployed = (region: string, name: string, properties: JsonObject): Deployed => {
    clusters.putGroup(region, name, ttlsOf(properties["ParameterNameValues"]));
    return { physicalId: name, attributes: {} };
  };
  return {
    create: (resource, call) => deployed(call.region, nameOf(resource, "ParameterGroupName", call), resource.properties),
    update: (resource, previous, call) =>
      resource.properties["ParameterGroupName"] === previous.properties["ParameterGroupName"]
        ? deployed(call.region, previous.physicalId, resource.properties)
        : "replace",
    delete: (previous, call) => clusters.removeGroup(call.region, previous.physicalId),
  };
}

function settingsOf(properties: JsonObject): ClusterSettings {
  const group = properties["ParameterGroupName"];
  return {
    parameterGroup: typeof group === "string" ? group : null,
    nodeType: String(properties["NodeType"] ?? "dax.t3.small"),
    nodes: Number(properties["ReplicationFactor"] ?? 1),
  };
}

function ttlsOf(values: Json | undefined): Partial<Ttls> {
  if (!isJsonObject(values)) return {};
  const [item, query] = ["record-ttl-millis", "query-ttl-millis"].map((name) => values[name]);
  return { ...(item !== undefined && { item: Number(item) }), ...(query !== undefined && { query: Number(query) }) };
}

/** At most 20 characters, as DAX allows them. */
function nameOf(resource: StackResource, property: string, call: Call): string {
  const given = resource.properties[property];
  return typeof given === "string" ? given : `${resource.logicalId.toLowerCase().slice(0, 11)}-${call.kernel.ids.base36(8).toLowerCase()}`;
}
