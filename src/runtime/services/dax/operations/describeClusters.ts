import type { OperationHandler } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Clusters } from "../clusters.ts";

interface DescribeClustersInput {
  readonly ClusterNames?: readonly string[] | undefined;
}

export function describeClusters(clusters: Clusters): OperationHandler {
  return (input: DescribeClustersInput, call) => {
    const all = clusters.all().filter((cluster) => cluster.region === call.region);
    const missing = input.ClusterNames?.find((name) => !all.some((cluster) => cluster.name === name));
    if (missing !== undefined) throw new AwsError("ClusterNotFoundFault", `Cluster not found: ${missing}`);
    return {
      Clusters: all
        .filter((cluster) => input.ClusterNames?.includes(cluster.name) ?? true)
        .map(({ name, arn, settings }) => ({
          ClusterName: name,
          ClusterArn: arn,
          Status: "available",
          TotalNodes: settings.nodes,
          ActiveNodes: settings.nodes,
          NodeType: settings.nodeType,
        })),
    };
  };
}
