import { randomUUID } from "node:crypto";
import type { HistoryEntry } from "../../model/studioApi.ts";
import type { StudioSession } from "../session.ts";

const maxEntries = 200;

/** Newest first; the oldest fall off. */
export function remember(session: StudioSession, entry: Omit<HistoryEntry, "id" | "at">): void {
  session.history.unshift({ id: randomUUID(), at: Date.now(), ...entry });
  session.history.length = Math.min(session.history.length, maxEntries);
}
