import type { JsonObject } from "../../../model/json.ts";
import type { PropertyDefinition, ServiceDefinition } from "../../../model/service.ts";

const properties: readonly PropertyDefinition[] = [
  {
    path: "Name",
    title: "Name",
    help: "Up to 64 letters, digits, ., - and _. Left empty, CloudFormation makes one.",
    control: { type: "text", pattern: "^[A-Za-z0-9._\\-]{1,64}$", placeholder: "Generated" },
  },
  {
    path: "Source",
    title: "Source",
    section: "Source",
    help: "ARN of a queue, of a table's stream, or of a Kinesis stream.",
    control: { type: "json" },
    required: true,
  },
  {
    path: "SourceParameters",
    title: "Reading",
    section: "Source",
    help: "FilterCriteria with patterns; SqsQueueParameters, DynamoDBStreamParameters or KinesisStreamParameters with batch size, window and retries.",
    control: { type: "json" },
  },
  {
    path: "Enrichment",
    title: "Enrichment",
    section: "Enrichment",
    help: "ARN of a function, an Express state machine or an API destination that gives the events a new form.",
    control: { type: "json" },
  },
  {
    path: "EnrichmentParameters.InputTemplate",
    title: "Its input",
    section: "Enrichment",
    help: 'A template for each event, such as {"order": <$.body.id>}.',
    control: { type: "code", language: "json" },
  },
  {
    path: "Target",
    title: "Target",
    section: "Target",
    help: "ARN of what gets the events.",
    control: { type: "json" },
    required: true,
  },
  {
    path: "TargetParameters",
    title: "Delivery",
    section: "Target",
    help: "InputTemplate, and the parameters of the target's kind.",
    control: { type: "json" },
  },
  {
    path: "RoleArn",
    title: "Role",
    help: "ARN of the role with which it reads and writes.",
    control: { type: "resource", types: ["AWS::IAM::Role"], attribute: "Arn" },
    required: true,
  },
  {
    path: "DesiredState",
    title: "State",
    help: "A stopped pipe reads nothing.",
    control: { type: "choice", options: ["RUNNING", "STOPPED"] },
    defaultValue: "RUNNING",
  },
  { path: "Description", title: "Description", help: "What it is for: up to 512 characters.", control: { type: "text" } },
];

export const pipes = {
  id: "pipes",
  title: "Amazon EventBridge Pipes",
  resourceTypes: [
    {
      type: "AWS::Pipes::Pipe",
      title: "Pipe",
      category: "messaging",
      icon: "pipe",
      attributes: ["Arn", "CurrentState"],
      refGives: "name",
      properties,
      palette: [],
      subtitle: (own: JsonObject) =>
        own["DesiredState"] === "STOPPED" ? "Pipe · stopped" : own["Enrichment"] === undefined ? "Pipe" : "Pipe · enriched",
      connections: [],
      runs: true,
    },
  ],
} as const satisfies ServiceDefinition;
