// Words that come from the runtime and are shown in fixed places: heads of columns, states of rows, names of gauges, how a deploy goes.
// What a catalogue does not have of them is shown as the runtime says it.
import { tData } from "./texts.ts";

/** Heads of columns, as the services' `inspect` names them. */
export function columnTitle(title: string): string {
  return title === "Run" ? tData("Planned run") : tData(title);
}

const states = [
  "active",
  "busy",
  "closed",
  "closing",
  "confirmed",
  "dead",
  "delayed",
  "due",
  "expired",
  "failed",
  "fresh",
  "idle",
  "in flight",

  "aborted",
  "matched",
  "open",
  "pending",
  "retrying",
  "running",
  "starting",
  "succeeded",
  "timed out",
  "unmatched",
  "visible",
  "waiting",
  "creating",
  "updating",
  "deleting",
  "insert",
  "modify",
  "remove",
  "enabled",
  "disabled",
];

/** `inFlight` as `in flight`. */
export function runtimeState(state: string): string {
  return tData(
    state
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .replaceAll("_", " ")
      .toLowerCase(),
  );
}

const gauges = [
  "Busy",
  "Bytes",
  "Concurrency",
  "Delayed",
  "Depth",
  "Entries",
  "Environments",
  "Events",
  "Hit ratio",
  "In flight",
  "Items",
  "Messages",
  "Next attempt at",
  "Next visible at",
  "Objects",
  "Oldest",
  "Read capacity",
  "Read units",
  "Receives",
  "Records",
  "Retrying",
  "Running",
  "Shards",
  "Subscriptions",
  "Throttled units",
  "Write capacity",
  "Write units",
];

/** What the status bar says while the design is made to run. */
const deploying = ["Starting the runtime", "Deploying"];

/** What is known of these words, for the test of the catalogues; heads of columns it reads where they stand. */
export const runtimeTexts: readonly string[] = [...states, ...gauges, ...deploying];
