// What the Studio sees of state machines: reading it changes nothing.
import type { Inspection, InspectQuery } from "../../../model/run.ts";
import type { Json } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Gauge } from "../../kernel/service.ts";
import { stateMachineDoesNotExist } from "./errors.ts";
import type { Execution } from "./executions.ts";
import { describeEvent } from "./history.ts";
import { frameName } from "./eventNames.ts";
import type { States } from "./states.ts";
import { inspectWatch, tellExecution, watchViews } from "./watch.ts";

const executionColumns: Inspection["columns"] = [
  { key: "name", title: "Execution", kind: "code" },
  { key: "status", title: "Status", kind: "state" },
  { key: "startedAt", title: "Started", kind: "time" },
  { key: "stoppedAt", title: "Stopped", kind: "time" },
  { key: "input", title: "Input", kind: "json" },
  { key: "output", title: "Output", kind: "json" },
  { key: "error", title: "Error", kind: "code" },
];

const historyColumns: Inspection["columns"] = [
  { key: "id", title: "Id", kind: "number" },
  { key: "type", title: "Event", kind: "code" },
  { key: "state", title: "State", kind: "code" },
  { key: "at", title: "Time", kind: "time" },
  { key: "data", title: "Data", kind: "json" },
];

/** Views `executions` (filter: a status or text in the name), `history` (filter: the execution's ARN or name) and `definition`, as it was deployed. */
export function inspectStates(states: States, name: string, region: string, query: InspectQuery): Inspection {
  const machine = states.machines.find(region, name);
  if (machine === undefined) throw stateMachineDoesNotExist(name);
  switch (query.view) {
    case "executions":
      return inspectExecutions(states, machine.arn, query);
    case "history":
      return inspectHistory(states, machine.arn, query);
    case "definition": {
      const detail = { definition: states.machines.definitionText(machine.definitionId), roleArn: machine.roleArn };
      return { columns: [], rows: [{ id: machine.arn, cells: {}, detail }], total: 1 };
    }
    default: {
      const watched = inspectWatch(states, query, machine);
      if (watched !== undefined) return watched;
      const known = ["executions", "history", "definition", ...watchViews].join(", ");
      throw new AwsError("ValidationException", `Step Functions has no view "${query.view}"; it has: ${known}.`);
    }
  }
}

function inspectExecutions(states: States, machineArn: string, query: InspectQuery): Inspection {
  states.journal.flush();
  const offset = Number(query.cursor ?? 0);
  const filter = query.filter ?? "";
  const isStatus = /^[A-Z_]+$/.test(filter);
  const express = states.runs.express(machineArn).map((run) => run.execution());
  const stored = states.executions.list({ machineArn, limit: Number.MAX_SAFE_INTEGER, offset: 0, ...(isStatus && { status: filter }) });
  const found = [...express, ...stored].filter(({ record, status }) => (isStatus ? status === filter : record.name.includes(filter)));
  const page = found.slice(offset, offset + query.limit);
  return {
    columns: executionColumns,
    rows: page.map((execution) => ({ id: execution.record.arn, cells: cellsOf(execution), detail: tellExecution(states, execution) })),
    total: found.length,
    ...(offset + query.limit < found.length && { cursor: String(offset + query.limit) }),
  };
}

function cellsOf({ record, status, stoppedAt, output, error }: Execution): Record<string, string | number | null> {
  return {
    name: record.name,
    status,
    startedAt: record.startedAt,
    stoppedAt,
    input: record.input,
    output: output ?? null,
    error: error ?? null,
  };
}

function inspectHistory(states: States, machineArn: string, query: InspectQuery): Inspection {
  const wanted = query.filter ?? "";
  const arn = wanted.startsWith("arn:") ? wanted : `${machineArn.replace(":stateMachine:", ":execution:")}:${wanted}`;
  const execution = states.runs.findExpress(arn)?.execution() ?? states.runs.execution(arn);
  if (execution === undefined)
    throw new AwsError("ValidationException", "The history view needs an execution's ARN or name as its filter.");
  const events = states.runs.events(execution);
  const offset = Number(query.cursor ?? 0);
  return {
    columns: historyColumns,
    rows: events.slice(offset, offset + query.limit).map((event) => {
      const { input, output, assignedVariables } = event.details ?? {};
      const data = output ?? input ?? null;
      const described: unknown = JSON.parse(JSON.stringify({ ...describeEvent(event, true), timestamp: event.at, frame: event.frame }));
      return {
        id: String(event.id),
        cells: {
          id: event.id,
          type: event.type,
          state: frameName(event),
          at: event.at,
          data: typeof data === "string" ? data : assignedVariables === undefined ? null : JSON.stringify(assignedVariables),
        },
        detail: described as Json,
      };
    }),
    total: events.length,
    ...(offset + query.limit < events.length && { cursor: String(offset + query.limit) }),
  };
}

export function statesGauges(states: States): Gauge[] {
  return states.machines
    .all()
    .map((machine) => ({ resource: states.machines.ref(machine), name: "running", value: states.runs.count(machine.arn) }));
}
