// Connections to WebSocket APIs that were made here: what was said and heard on each, kept while other tabs are looked at.
import { create } from "zustand";
import type { SocketChange } from "../../model/studioApi.ts";
import { call, on } from "../app/api.ts";
import { t } from "../app/texts/texts.ts";
import { isServing, startRun, useRun } from "../app/stores/run.ts";
import { messageOf } from "../app/texts/words.ts";

export interface SocketLine {
  readonly type: "sent" | "received" | "told";
  readonly text: string;
  readonly at: number;
}

export interface SocketSession {
  readonly id: string;
  /** Logical ID of the API. */
  readonly resource: string;
  /** `?name=Ada` */
  readonly query: string;
  readonly isOpen: boolean;
  readonly lines: readonly SocketLine[];
}

interface Sockets {
  readonly sessions: readonly SocketSession[];
  readonly selected: string | null;
  readonly isConnecting: boolean;
  /** Why the last attempt did not come in. */
  readonly refusal: string | null;
}

const mostLines = 500;

export const useSockets = create<Sockets>(() => ({ sessions: [], selected: null, isConnecting: false, refusal: null }));

/** The chosen connection of an API; undefined: a new one is to be made. */
export function sessionOf({ sessions, selected }: Sockets, resource: string): SocketSession | undefined {
  return sessions.find((session) => session.id === selected && session.resource === resource);
}

export function selectSession(id: string | null): void {
  useSockets.setState({ selected: id, refusal: null });
}

export async function connectSocket(resource: string, query: string): Promise<void> {
  useSockets.setState({ isConnecting: true, refusal: null });
  try {
    if (!isServing(useRun.getState().run)) await startRun();
    const { id } = await call("socket.connect", { resource, query });
    const session: SocketSession = { id, resource, query, isOpen: true, lines: [{ type: "told", text: t("Connected"), at: Date.now() }] };
    useSockets.setState(({ sessions }) => ({ sessions: [...sessions, session], selected: id }));
    for (const change of early.splice(0)) take(change);
  } catch (error) {
    useSockets.setState({ refusal: messageOf(error) });
  } finally {
    useSockets.setState({ isConnecting: false });
  }
}

export async function sendOnSocket(id: string, text: string): Promise<void> {
  try {
    await call("socket.send", { id, text });
    addLine(id, { type: "sent", text, at: Date.now() });
  } catch (error) {
    addLine(id, { type: "told", text: messageOf(error), at: Date.now() });
  }
}

export async function closeSocket(id: string): Promise<void> {
  await call("socket.close", { id }).catch((error: unknown) => addLine(id, { type: "told", text: messageOf(error), at: Date.now() }));
}

/** Takes an ended connection from the list. */
export function forgetSession(id: string): void {
  useSockets.setState(({ sessions, selected }) => ({
    sessions: sessions.filter((session) => session.id !== id),
    selected: selected === id ? null : selected,
  }));
}

/** What comes on a connection before the answer that it is one. */
const early: SocketChange[] = [];

function take(change: SocketChange): void {
  if (!useSockets.getState().sessions.some(({ id }) => id === change.id)) {
    if (useSockets.getState().isConnecting) early.push(change);
    return;
  }
  if (change.type === "message") return addLine(change.id, { type: "received", text: change.text, at: change.at });
  const words = change.reason === "" ? String(change.code) : `${change.code} ${change.reason}`;
  addLine(change.id, { type: "told", text: t("Ended: {{words}}", { words }), at: change.at });
  useSockets.setState(({ sessions }) => ({
    sessions: sessions.map((session) => (session.id === change.id ? { ...session, isOpen: false } : session)),
  }));
}

function addLine(id: string, line: SocketLine): void {
  useSockets.setState(({ sessions }) => ({
    sessions: sessions.map((session) => (session.id === id ? { ...session, lines: [...session.lines, line].slice(-mostLines) } : session)),
  }));
}

on("socket.changed", take);
