// What executions log to CloudWatch Logs: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
import type { HistoryEventType } from "@aws-sdk/client-sfn";
import type { Caller } from "../../kernel/service.ts";
import { describeDetails, type LoggedEvent } from "./history.ts";
import type { ExecutionRecord } from "./executions.ts";
import type { LoggingSettings, Machine } from "./machines.ts";
import type { States } from "./states.ts";

/** Below AWS's limits of one PutLogEvents. */
const batchEvents = 1_000;
const batchBytes = 512 * 1024;

/** Events that are an error, beside those that end an execution badly. */
const errorEvents = /(?:Failed|TimedOut|Aborted)$|^FailStateEntered$/;
const fatalEvents: ReadonlySet<HistoryEventType> = new Set(["ExecutionFailed", "ExecutionTimedOut", "ExecutionAborted"]);

interface Line {
  readonly timestamp: number;
  readonly message: string;
}

/** One log stream that is written to; what comes while a write is under way goes with the next. */
interface Stream {
  readonly caller: Caller;
  readonly logGroupName: string;
  readonly logStreamName: string;
  lines: Line[];
  writing: Promise<void> | undefined;
  isCreated: boolean;
}

/** Writes as AWS does: a moment later, and as well as it can. A log group that is gone fails no execution. */
export class ExecutionLog {
  readonly #states: States;
  readonly #streams = new Map<string, Stream>();

  constructor(states: States) {
    this.#states = states;
  }

  /** How an execution logs each event; undefined: it does not. */
  of(record: ExecutionRecord): ((event: LoggedEvent, redriveCount: number) => void) | undefined {
    const machine = this.#states.machines.find(record.region, record.machineName);
    if (machine === undefined) return undefined;
    const version =
      record.versionArn === undefined ? undefined : machine.versions.find(({ number }) => record.versionArn === `${machine.arn}:${number}`);
    const { logging } = version ?? machine;
    const [logGroupArn] = logging.logGroupArns;
    if (logging.level === "OFF" || logGroupArn === undefined) return undefined;
    return (event, redriveCount) => {
      if (isLogged(event.type, logging.level))
        this.#add(machine, logGroupArn, { timestamp: Math.floor(event.at), message: line(event, record, logging, redriveCount) });
    };
  }

  /** Resolves when all that was logged so far is written. */
  async flush(): Promise<void> {
    await Promise.all([...this.#streams.values()].map((stream) => this.#write(stream)));
  }

  #add(machine: Machine, logGroupArn: string, added: Line): void {
    const key = `${machine.arn} ${logGroupArn}`;
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      stream = this.#open(machine, logGroupArn);
      this.#streams.set(key, stream);
    }
    stream.lines.push(added);
    void this.#write(stream);
  }

  #open(machine: Machine, logGroupArn: string): Stream {
    const [, , , region = "", accountId = "", , logGroupName = ""] = logGroupArn.split(":");
    const { kernel } = this.#states.environment;
    const minute = new Date(kernel.clock.now()).toISOString().slice(0, 16).replaceAll(/[T:]/g, "-");
    return {
      // Delivery is nobody's request: it is in no trace.
      caller: {
        cause: null,
        actor: { type: "resource", resource: this.#states.machines.ref(machine) },
        region,
        accountId,
        poll: { causeOf: () => undefined },
      },
      logGroupName,
      logStreamName: `states/${machine.name}/${minute}/${kernel.ids.hex(8)}`,
      lines: [],
      writing: undefined,
      isCreated: false,
    };
  }

  #write(stream: Stream): Promise<void> {
    return (stream.writing ??= this.#writeAll(stream));
  }

  async #writeAll(stream: Stream): Promise<void> {
    const { kernel } = this.#states.environment;
    const { caller, logGroupName, logStreamName } = stream;
    await new Promise(setImmediate);
    while (stream.lines.length > 0) {
      const logEvents = takeBatch(stream);
      try {
        if (!stream.isCreated) await kernel.invoke("logs", "CreateLogStream", { logGroupName, logStreamName }, caller);
        stream.isCreated = true;
        await kernel.invoke("logs", "PutLogEvents", { logGroupName, logStreamName, logEvents }, caller);
      } catch {
        // The group was deleted, as on AWS: nobody is told. One that is made anew gets its stream again.
        stream.isCreated = false;
      }
    }
    // in the same turn as the look that found nothing more: a line that comes later begins the next write
    stream.writing = undefined;
  }
}

function isLogged(type: HistoryEventType, level: LoggingSettings["level"]): boolean {
  if (level === "ALL" || fatalEvents.has(type)) return true;
  return level === "ERROR" && errorEvents.test(type);
}

function line(event: LoggedEvent, record: ExecutionRecord, logging: LoggingSettings, redriveCount: number): string {
  return JSON.stringify({
    id: String(event.id),
    type: event.type,
    details: describeDetails(event.details ?? {}, logging.includesData),
    redrive_count: String(redriveCount),
    previous_event_id: String(event.previous),
    event_timestamp: String(Math.floor(event.at)),
    execution_arn: record.arn,
  });
}

/** The clock only goes on, so that lines are in the order of their time. */
function takeBatch(stream: Stream): Line[] {
  let bytes = 0;
  let count = 0;
  for (const { message } of stream.lines) {
    bytes += Buffer.byteLength(message);
    if (count === batchEvents || (count > 0 && bytes > batchBytes)) break;
    count++;
  }
  return stream.lines.splice(0, count);
}
