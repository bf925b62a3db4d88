import { lambdaLimits } from "../../limits/lambda.ts";
import { sqsLimits } from "../../limits/sqs.ts";
import type { Connection } from "../design.ts";
import { freeLogicalId } from "../logicalIds.ts";
import { referencesIn } from "../references.ts";
import { at, numberOf, textOf, type ResourceView } from "../view.ts";
import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

const queueType = "AWS::SQS::Queue";

export function checkQueues(input: CheckInput): void {
  for (const queue of input.view.resources.values()) {
    if (queue.type !== queueType) continue;
    checkFifoName(queue, input);
    checkFifoProperties(queue, input);
    checkRedrive(queue, input);
    const triggers = input.design.connections.filter((connection) => connection.from === queue.id && connection.kind === "trigger");
    if (triggers.length > 0) checkDeadLetters(queue, input);
    for (const trigger of triggers) {
      const target = input.view.resources.get(trigger.to);
      if (!target) continue;
      checkVisibility(queue, target, input);
      checkBatch(queue, trigger, input);
    }
  }
}

function isFifo(queue: ResourceView): boolean {
  return String(queue.properties["FifoQueue"]) === "true";
}

/** Without one, a message that always fails is tried until it expires, and on a FIFO queue holds up its group. */
function checkDeadLetters(queue: ResourceView, { document, report }: CheckInput): void {
  if (queue.properties["RedrivePolicy"] !== undefined) return;
  const id = freeLogicalId(document.value, `${queue.id}DLQ`);
  const retention = sqsLimits.retentionSecondsMax.value;
  report({
    severity: "warning",
    rule: "design.no-dead-letter-queue",
    message: words("{{queue}} has no dead-letter queue: a message that always fails is tried again until it expires.", { queue: queue.id }),
    path: queue.path,
    fix: {
      title: words("Add a dead-letter queue"),
      command: {
        type: "several",
        commands: [
          {
            type: "add",
            id,
            resourceType: queueType,
            properties: { ...(isFifo(queue) ? { FifoQueue: true } : {}), MessageRetentionPeriod: retention },
          },
          { type: "connect", from: queue.id, to: id, rule: "sqs-dead-letter" },
        ],
      },
    },
  });
}

function checkVisibility(queue: ResourceView, target: ResourceView, { report }: CheckInput): void {
  const timeout = numberOf(target.properties["Timeout"] ?? lambdaLimits.timeoutSecondsDefault.value);
  const visibility = numberOf(queue.properties["VisibilityTimeout"] ?? sqsLimits.visibilityTimeoutSecondsDefault.value);
  if (timeout === undefined || visibility === undefined) return;
  const advised = Math.min(timeout * lambdaLimits.recommendedVisibilityPerTimeout.value, sqsLimits.visibilityTimeoutSecondsMax.value);
  if (visibility >= advised) return;
  const isRefused = visibility < timeout;
  report({
    severity: isRefused ? "error" : "info",
    rule: isRefused ? "design.visibility-below-timeout" : "design.short-visibility",
    message: isRefused
      ? words(
          "{{queue}} shows a message again after {{visibility}} s, but {{target}} may take {{timeout}} s: AWS refuses this event source.",
          { queue: queue.id, visibility, target: target.id, timeout },
        )
      : words("{{queue}} shows a message again after {{visibility}} s; AWS advises six times the {{timeout}} s that {{target}} may take.", {
          queue: queue.id,
          visibility,
          timeout,
          target: target.id,
        }),
    path: [...queue.path, "Properties", "VisibilityTimeout"],
    fix: {
      title: words("Set the visibility timeout to {{advised}} s", { advised }),
      command: { type: "setProperty", id: queue.id, path: "Properties.VisibilityTimeout", value: advised },
    },
  });
}

function checkBatch(queue: ResourceView, trigger: Connection, { view, report }: CheckInput): void {
  for (const path of trigger.writtenAt) {
    const properties = sourceProperties(view.resources.get(String(path[1])), path);
    const batch = numberOf(at(properties, "BatchSize"));
    if (batch === undefined) continue;
    const where = [...path, "Properties", "BatchSize"];
    const most = isFifo(queue) ? lambdaLimits.sqsFifoBatchSizeMax.value : lambdaLimits.sqsBatchSizeMax.value;
    if (batch < 1 || batch > most) {
      report({
        severity: "error",
        rule: "design.out-of-range",
        message: isFifo(queue)
          ? words("A batch from a FIFO queue has 1 to {{most}} messages, not {{batch}}.", { most, batch })
          : words("A batch from a queue has 1 to {{most}} messages, not {{batch}}.", { most, batch }),
        path: where,
      });
    } else if (
      batch > lambdaLimits.sqsBatchSizeWithoutWindowMax.value &&
      !(numberOf(at(properties, "MaximumBatchingWindowInSeconds")) ?? 0)
    ) {
      const message = words("A batch of more than {{most}} messages needs a MaximumBatchingWindowInSeconds of at least 1.", {
        most: lambdaLimits.sqsBatchSizeWithoutWindowMax.value,
      });
      report({ severity: "error", rule: "design.batch-needs-window", message, path: where });
    }
  }
}

/** Of the event at the function, or of the event source mapping. */
function sourceProperties(resource: ResourceView | undefined, path: readonly (string | number)[]) {
  if (path.length === 2) return resource?.properties;
  return at(resource?.properties, ...path.slice(3), "Properties");
}

function checkFifoName(queue: ResourceView, { report }: CheckInput): void {
  const name = textOf(queue.properties["QueueName"]);
  if (name === undefined) return;
  const path = [...queue.path, "Properties", "QueueName"];
  if (isFifo(queue) && !name.endsWith(".fifo")) {
    report({
      severity: "error",
      rule: "design.fifo-name",
      message: words("{{queue}} is a FIFO queue, so its name must end in .fifo.", { queue: queue.id }),
      path,
      fix: {
        title: words("Call it {{name}}.fifo", { name }),
        command: { type: "setProperty", id: queue.id, path: "Properties.QueueName", value: `${name}.fifo` },
      },
    });
  } else if (!isFifo(queue) && name.endsWith(".fifo")) {
    report({
      severity: "error",
      rule: "design.fifo-name",
      message: words("The name of {{queue}} ends in .fifo, but FifoQueue is not true.", { queue: queue.id }),
      path,
      fix: {
        title: words("Make it a FIFO queue"),
        command: { type: "setProperty", id: queue.id, path: "Properties.FifoQueue", value: true },
      },
    });
  }
}

function checkFifoProperties(queue: ResourceView, { report }: CheckInput): void {
  if (queue.properties["FifoQueue"] !== undefined && isFifo(queue)) return;
  for (const name of ["ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"]) {
    if (queue.properties[name] === undefined) continue;
    report({
      severity: "error",
      rule: "design.fifo-property",
      message: words("{{name}} is for FIFO queues only, and {{queue}} is none: AWS refuses it.", { name, queue: queue.id }),
      path: [...queue.path, "Properties", name],
      fix: { title: words("Remove {{name}}", { name }), command: { type: "setProperty", id: queue.id, path: `Properties.${name}` } },
    });
  }
}

/** A FIFO queue's dead letters go to a FIFO queue, a standard queue's to a standard one. */
function checkRedrive(queue: ResourceView, { view, report }: CheckInput): void {
  const target = at(queue.properties, "RedrivePolicy", "deadLetterTargetArn");
  const [reference] = referencesIn(target);
  const other = reference && view.resources.get(reference.id);
  if (other?.type !== queueType || typeof queue.properties["FifoQueue"] === "object" || typeof other.properties["FifoQueue"] === "object")
    return;
  if (isFifo(other) === isFifo(queue)) return;
  report({
    severity: "error",
    rule: "design.dead-letter-kind",
    message: isFifo(queue)
      ? words("{{queue}} is a FIFO queue, but its dead-letter queue {{other}} is a standard one: AWS wants both of the same kind.", {
          queue: queue.id,
          other: other.id,
        })
      : words("{{queue}} is a standard queue, but its dead-letter queue {{other}} is a FIFO one: AWS wants both of the same kind.", {
          queue: queue.id,
          other: other.id,
        }),
    path: [...queue.path, "Properties", "RedrivePolicy", "deadLetterTargetArn"],
  });
}
