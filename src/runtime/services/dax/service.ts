import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { callerIn } from "../../kernel/callerIn.ts";
import type { Caller, Kernel, Service } from "../../kernel/service.ts";
import { accelerate, wire } from "./accelerator.ts";
import { Clusters } from "./clusters.ts";
import { dax as definition } from "./definition.ts";
import { clusterGauges, inspectCluster } from "./inspect.ts";
import { describeClusters } from "./operations/describeClusters.ts";
import { clusterProvider, parameterGroupProvider } from "./resources.ts";

/** Where a cluster answers, below the endpoint: `/_aws/dax/us-east-1/orders`. */
const place = /^\/_aws\/dax\/([a-z0-9-]+)\/([^/]+)/;

export const daxService: Service = {
  definition,
  create({ kernel, database, accountId, endpoint }) {
    const clusters = new Clusters(database, kernel, accountId);
    return {
      operations: { DescribeClusters: describeClusters(clusters) },
      resources: {
        "AWS::DAX::Cluster": clusterProvider(clusters, endpoint),
        "AWS::DAX::ParameterGroup": parameterGroupProvider(clusters),
      },
      dataPlanes: [{ matches: (_host, path) => place.test(path), handle: (request, caller) => answer(clusters, kernel, request, caller) }],
      inspect: (name, region, query) => inspectCluster(clusters, name, region, query, kernel.clock.now()),
      gauges: () => clusterGauges(clusters),
    };
  },
};

async function answer(clusters: Clusters, kernel: Kernel, request: HttpRequest, caller: Caller): Promise<HttpResponse> {
  const [, region = "", name = ""] = place.exec(request.path) ?? [];
  const cluster = clusters.find(region, name);
  try {
    if (!cluster) throw new AwsError("ClusterNotFoundFault", `No DAX cluster ${name} runs in ${region}.`);
    const { operation, input } = read(request);
    const output = await kernel.work(
      {
        kind: "request",
        service: "dax",
        operation,
        target: clusters.ref(cluster),
        input,
        run: (edited: JsonObject, call) => accelerate(clusters, cluster, operation, edited, call),
      },
      callerIn(region, caller),
    );
    return json(200, output);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return json(error.status, { __type: `com.amazonaws.dynamodb.v20120810#${error.code}`, message: error.message, ...membersOf(error) });
  }
}

function read(request: HttpRequest): { readonly operation: string; readonly input: JsonObject } {
  const target = request.headers.find(([name]) => name === "x-amz-target")?.[1];
  const operation = /^DynamoDB_20120810\.(\w+)$/.exec(target ?? "")?.[1];
  if (operation === undefined)
    throw new AwsError("UnknownOperationException", "A DAX cluster answers operations of DynamoDB, sent by an AWS SDK.");
  try {
    const input: unknown = JSON.parse(Buffer.from(request.body).toString());
    if (isJsonObject(input)) return { operation, input };
  } catch {
    // told below
  }
  throw new AwsError("SerializationException", "The request is not a JSON object.");
}

function membersOf(error: AwsError): JsonObject {
  const members = wire(error.members);
  return isJsonObject(members) ? members : {};
}

function json(status: number, value: Json): HttpResponse {
  return { status, headers: [["content-type", "application/x-amz-json-1.0"]], body: Buffer.from(JSON.stringify(value)) };
}
