// One event in full, with the data and the variables of that moment: asked once for each event that is looked at.
import { useEffect, useState } from "react";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { jsonOf } from "./executionEvents.ts";
import { inspect, machineRef } from "./watched.ts";
import { messageOf } from "../../app/texts/words.ts";

export interface Moment {
  readonly event: Json;
  readonly state: string | null;
  /** undefined: there is none at this event. */
  readonly input?: Json;
  readonly arguments?: Json;
  readonly result?: Json;
  readonly output?: Json;
  readonly error: string | null;
  readonly cause: Json;
  /** What the event itself carries. */
  readonly data?: Json;
  readonly variables: JsonObject;
  readonly previous: { readonly id: number; readonly type: string; readonly data: Json; readonly variables: JsonObject } | null;
}

export interface MomentState {
  readonly moment: Moment | null;
  readonly problem: string | null;
}

const none: MomentState = { moment: null, problem: null };

/** `newest`: counts up as the execution goes on, since a running step's moment becomes more. */
export function useMoment(machine: string, arn: string | null, event: number | null, newest: number): MomentState {
  const key = `${arn ?? ""}#${event ?? ""}`;
  const [state, setState] = useState<MomentState & { readonly key: string }>({ ...none, key: "" });
  useEffect(() => {
    if (arn === null || event === null) return;
    let isCurrent = true;
    readMoment(machine, arn, event).then(
      (moment) => isCurrent && setState({ key, moment, problem: null }),
      (error: unknown) => isCurrent && setState({ key, moment: null, problem: messageOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [machine, arn, event, key, newest]);
  return state.key === key ? state : none;
}

export async function readMoment(machine: string, arn: string, event: number): Promise<Moment | null> {
  const ref = machineRef(machine);
  if (ref === undefined) return null;
  const { rows } = await inspect(ref, "moment", `${arn}#${event}`, 1);
  const [row] = rows;
  return row === undefined ? null : momentOf(row.detail);
}

function momentOf(detail: Json): Moment {
  const told = isJsonObject(detail) ? detail : {};
  const text = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);
  const data = (member: string): Json | undefined => {
    const value = told[member];
    return typeof value === "string" ? jsonOf(value) : value;
  };
  const parts = (["input", "arguments", "result", "output", "data"] as const).flatMap((part): [string, Json][] => {
    const value = data(part);
    return value === undefined ? [] : [[part, value]];
  });
  const previous = isJsonObject(told["previous"]) ? told["previous"] : null;
  return {
    event: told["event"] ?? null,
    state: text(told["state"]),
    ...Object.fromEntries(parts),
    error: text(told["error"]),
    cause: jsonOf(text(told["cause"])),
    variables: variablesOf(told["variables"]),
    previous: previous && {
      id: Number(previous["id"]),
      type: String(previous["type"]),
      data: jsonOf(text(previous["data"])),
      variables: variablesOf(previous["variables"]),
    },
  };
}

function variablesOf(told: Json | undefined): JsonObject {
  if (told === undefined || !isJsonObject(told)) return {};
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [name, typeof value === "string" ? jsonOf(value) : value]));
}
