import { calledByRole } from "../../../model/design/drawnRoles.ts";
import { readSchedule } from "../../../model/eventBridge/schedule.ts";
import type { JsonObject } from "../../../model/json.ts";
import type { ConnectionRule, PropertyDefinition, ServiceDefinition } from "../../../model/service.ts";
import { type Words, inRow, words } from "../../../model/words.ts";

const when = "When";
const window = "Window";
const target = "Target";

const properties: readonly PropertyDefinition[] = [
  {
    path: "Name",
    title: "Name",
    help: "Up to 64 letters, digits, ., - and _. Left empty, CloudFormation makes one.",
    control: { type: "text", pattern: "^[A-Za-z0-9._\\-]{1,64}$", placeholder: "Generated" },
  },
  {
    path: "ScheduleExpression",
    title: "Schedule",
    section: when,
    help: "rate(5 minutes), cron(0 12 * * ? *), or one moment: at(2026-12-31T23:59:00).",
    control: { type: "schedule", of: "scheduler", timeZone: "ScheduleExpressionTimezone" },
    required: true,
  },
  {
    path: "ScheduleExpressionTimezone",
    title: "Time zone",
    section: when,
    help: "In whose time cron and at are meant, such as Europe/Berlin: they follow its summer time.",
    control: { type: "text", placeholder: "UTC" },
    defaultValue: "UTC",
  },
  {
    path: "StartDate",
    title: "From",
    section: when,
    help: "No run before this moment, in UTC: 2026-01-01T00:00:00Z.",
    control: { type: "text" },
  },
  {
    path: "EndDate",
    title: "Until",
    section: when,
    help: "No run after this moment, in UTC: 2026-12-31T00:00:00Z.",
    control: { type: "text" },
  },
  {
    path: "State",
    title: "State",
    section: when,
    help: "A disabled schedule does not run.",
    control: { type: "choice", options: ["ENABLED", "DISABLED"] },
    defaultValue: "ENABLED",
  },
  {
    path: "FlexibleTimeWindow.Mode",
    title: "Flexible window",
    section: window,
    help: "OFF runs at the moment itself, FLEXIBLE at any moment within the window after it.",
    control: { type: "choice", options: ["OFF", "FLEXIBLE"] },
    required: true,
  },
  {
    path: "FlexibleTimeWindow.MaximumWindowInMinutes",
    title: "Window",
    section: window,
    help: "How long after its moment a run may begin: 1 to 1,440 minutes.",
    control: { type: "number", min: 1, max: 1440, unit: "minutes" },
  },
  {
    path: "Target",
    title: "Target",
    section: target,
    help: "Arn and RoleArn; Input is what it gets. arn:aws:scheduler:::aws-sdk:service:operation calls any operation of AWS.",
    control: { type: "json" },
    required: true,
  },
  { path: "Description", title: "Description", help: "What it is for: up to 512 characters.", control: { type: "text" } },
];

const samFunction = "AWS::Serverless::Function";
const arnOf = (id: string): JsonObject => ({ "Fn::GetAtt": [id, "Arn"] });

/** To one kind of target, which a schedule calls as a role of its own. */
function calls(
  id: string,
  kind: ConnectionRule["kind"],
  to: readonly string[],
  meaning: string,
  action: string,
  given: JsonObject,
): ConnectionRule {
  return {
    id,
    kind,
    to,
    meaning,
    refuses: (from) =>
      from.properties["Target"] === undefined
        ? undefined
        : words("{{from}} has a target already, and AWS allows a schedule one: disconnect that first, or add a second schedule.", {
            from: from.id,
          }),
    writes: calledByRole("scheduler.amazonaws.com", "Properties.Target", given, action),
  };
}

const connections: readonly ConnectionRule[] = [
  calls(
    "schedule-function",
    "trigger",
    [samFunction, "AWS::Lambda::Function"],
    "Each run of this schedule invokes the function",
    "lambda:InvokeFunction",
    { Arn: arnOf("{to}") },
  ),
  calls(
    "schedule-machine",
    "trigger",
    ["AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"],
    "Each run of this schedule starts an execution",
    "states:StartExecution",
    { Arn: { Ref: "{to}" } },
  ),
  calls("schedule-queue", "target", ["AWS::SQS::Queue"], "Each run of this schedule puts a message into the queue", "sqs:SendMessage", {
    Arn: arnOf("{to}"),
  }),
  calls("schedule-topic", "target", ["AWS::SNS::Topic"], "Each run of this schedule publishes a message to the topic", "sns:Publish", {
    Arn: { Ref: "{to}" },
  }),
  calls("schedule-bus", "target", ["AWS::Events::EventBus"], "Each run of this schedule puts an event on the bus", "events:PutEvents", {
    Arn: arnOf("{to}"),
    EventBridgeParameters: { DetailType: "{from}", Source: "schedule" },
  }),
  calls(
    "schedule-stream",
    "target",
    ["AWS::Kinesis::Stream"],
    "Each run of this schedule puts a record into the stream",
    "kinesis:PutRecord",
    {
      Arn: arnOf("{to}"),
      KinesisParameters: { PartitionKey: "{from}" },
    },
  ),
];

export const scheduler = {
  id: "scheduler",
  title: "Amazon EventBridge Scheduler",
  resourceTypes: [
    {
      type: "AWS::Scheduler::Schedule",
      title: "Schedule",
      category: "messaging",
      icon: "schedule",
      attributes: ["Arn"],
      refGives: "name",
      properties,
      palette: [
        {
          title: "Schedule",
          idPrefix: "Schedule",
          keywords: ["eventbridge", "scheduler", "cron", "rate", "at", "timer", "time zone", "once"],
          properties: {
            ScheduleExpression: "rate(1 hour)",
            FlexibleTimeWindow: { Mode: "OFF" },
          },
        },
      ],
      subtitle,
      connections,
      runs: true,
    },
  ],
} as const satisfies ServiceDefinition;

function subtitle({ ScheduleExpression: expression, ScheduleExpressionTimezone: zone }: JsonObject): Words {
  if (typeof expression !== "string") return words("Schedule");
  const written = readSchedule(expression) === undefined ? `${expression}?` : expression;
  return typeof zone === "string" && zone !== "UTC"
    ? inRow([words("Schedule"), `${written} ${zone}`], " · ")
    : inRow([words("Schedule"), written], " · ");
}
