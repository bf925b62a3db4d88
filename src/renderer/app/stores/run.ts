// The local AWS as the Studio sees it: deployed or not, what it answers at, what the last deploy changed.
import { create } from "zustand";
import type { DeployDifference } from "../../../model/run.ts";
import type { RunState } from "../../../model/studioApi.ts";
import { call, on } from "../api.ts";
import { attempt } from "./notices.ts";
import { t } from "../texts/texts.ts";

export interface Run {
  run: RunState;
  /** Set when a deploy changed something, until the person has seen it. */
  freshDifference: DeployDifference | null;
  /** The deploy followed an edit of what was running already: told quietly. */
  isRedeploy: boolean;
}

export const useRun = create<Run>(() => ({ run: { type: "stopped" }, freshDifference: null, isRedeploy: false }));

/** The state as it is when the page connects: what was deployed before is not news. */
export function adoptRun(run: RunState): void {
  useRun.setState({ run, freshDifference: null });
}

function setRun(run: RunState): void {
  useRun.setState((state) => {
    const before = state.run.type === "running" ? state.run.lastDifference : null;
    const difference = run.type === "running" ? run.lastDifference : null;
    const isFresh = difference !== null && difference !== before && JSON.stringify(difference) !== JSON.stringify(before);
    // A redeploy goes from running to deploying; a first one comes from stopped.
    const isRedeploy = run.type === "deploying" ? state.run.type === "running" || state.run.type === "failed" : state.isRedeploy;
    return { run, isRedeploy, freshDifference: isFresh ? difference : run.type === "running" ? state.freshDifference : null };
  });
}

export function dismissDifference(): void {
  useRun.setState({ freshDifference: null });
}

export async function startRun(): Promise<void> {
  await attempt(t("Run"), () => call("run.start", {}));
}

export async function stopRun(): Promise<void> {
  await attempt(t("Stop"), () => call("run.stop", {}));
}

/** Why a resource whose kind runs here is only kept by the last deploy, such as a function whose code lies in S3; null: it runs. */
export function useKeptReason(id: string): string | null {
  return useRun(({ run }) => {
    if (run.type !== "running") return null;
    const start = `${id} (`;
    const kept = run.problems.find(({ rule, resource, message }) => rule === "deploy.kept" && resource === id && message.startsWith(start));
    return kept === undefined ? null : kept.message.slice(kept.message.indexOf("not run: ") + "not run: ".length);
  });
}

/** Whether the local AWS answers now. */
export function isServing(run: RunState): boolean {
  return run.type === "running" || (run.type === "failed" && run.isServing);
}

export function followRun(): () => void {
  return on("run.changed", setRun);
}
