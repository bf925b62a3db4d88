import type { PropertyDefinition, ServiceDefinition } from "../../../model/service.ts";
import { words } from "../../../model/words.ts";

const clusterProperties: readonly PropertyDefinition[] = [
  {
    path: "ClusterName",
    title: "Name",
    help: "1 to 20 letters, digits and hyphens, beginning with a letter. Left empty, CloudFormation makes one.",
    control: { type: "text", placeholder: "Generated" },
  },
  {
    path: "ParameterGroupName",
    title: "Parameter group",
    section: "Cache",
    help: "Says how long items and queries stay. Absent: five minutes each.",
    control: { type: "text", placeholder: "default.dax1.0" },
  },
  {
    path: "NodeType",
    title: "Node type",
    section: "Nodes",
    help: "Size of each node: dax.t3.small, dax.r5.large. Locally it changes nothing.",
    control: { type: "text", placeholder: "dax.t3.small" },
    required: true,
  },
  {
    path: "ReplicationFactor",
    title: "Nodes",
    section: "Nodes",
    help: "How many nodes: 1 to 11. Locally it changes nothing.",
    control: { type: "number", min: 1, max: 11 },
    required: true,
  },
  {
    path: "IAMRoleARN",
    title: "Role",
    section: "Access",
    help: "Role that the cluster takes to reach its tables.",
    control: { type: "text" },
    required: true,
  },
];

const groupProperties: readonly PropertyDefinition[] = [
  {
    path: "ParameterGroupName",
    title: "Name",
    help: "Left empty, CloudFormation makes one.",
    control: { type: "text", placeholder: "Generated" },
  },
  {
    path: "ParameterNameValues",
    title: "Times to live",
    help: "{record-ttl-millis: how long an item stays, query-ttl-millis: how long the answer of a query or scan stays}. Five minutes each unless given.",
    control: { type: "json" },
  },
];

export const dax = {
  id: "dax",
  title: "DynamoDB Accelerator",
  resourceTypes: [
    {
      type: "AWS::DAX::Cluster",
      title: "DAX cluster",
      category: "data",
      icon: "cache",
      attributes: ["Arn", "ClusterDiscoveryEndpoint", "ClusterDiscoveryEndpointURL"],
      refGives: "name",
      properties: clusterProperties,
      palette: [
        {
          title: "DAX cluster",
          idPrefix: "Cache",
          keywords: ["dax", "dynamodb", "accelerator", "cache"],
          properties: {
            NodeType: "dax.t3.small",
            ReplicationFactor: 1,
            IAMRoleARN: { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/dax" },
          },
        },
      ],
      subtitle: () => words("items and queries cached"),
      connections: [],
      runs: true,
    },
    {
      type: "AWS::DAX::ParameterGroup",
      title: "DAX parameter group",
      category: "other",
      icon: "parameter",
      attributes: [],
      refGives: "name",
      properties: groupProperties,
      palette: [],
      subtitle: () => words("times to live"),
      connections: [],
      runs: true,
    },
  ],
} as const satisfies ServiceDefinition;
