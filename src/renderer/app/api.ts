// The renderer's only way out: typed calls and events over one WebSocket to the Studio server.
import { verbatim, type Words } from "../../model/words.ts";
import { StudioError, type StudioCall, type StudioEvents, type StudioInput, type StudioOutputs } from "../../model/studioApi.ts";
import { t } from "./texts/texts.ts";

/** refused: it answers, but was started again since, with a token of its own. */
export type ConnectionState = "connecting" | "open" | "lost" | "refused";
export type StudioEvent = keyof StudioEvents;
type Listener<E extends StudioEvent> = (data: StudioEvents[E]) => void;
interface PendingCall {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

const tokenKey = "contrail.token";
const retryMilliseconds = [200, 400, 800, 1600, 3000];

let token = "";
let socket: WebSocket | undefined;
let state: ConnectionState = "connecting";
let attempts = 0;
let lastId = 0;
const pending = new Map<number, PendingCall>();
const waitingForOpen: (() => void)[] = [];
const listeners = new Map<StudioEvent, Set<(data: never) => void>>();
const stateListeners = new Set<(state: ConnectionState) => void>();

/** Connects, and reconnects for as long as the page lives. Call once. */
export function connect(): void {
  token = takeToken();
  open();
}

/** Goes on with a server that was started again: `printed` is the address that it printed. Says whether it can be this page's. */
export function connectAgain(printed: string): boolean {
  const url = URL.parse(printed.trim());
  const given = url?.searchParams.get("token") ?? null;
  if (url === null || given === null || url.port !== location.port) return false;
  token = given;
  sessionStorage.setItem(tokenKey, token);
  clearTimeout(retry);
  open();
  return true;
}

/** Calls the Studio server. Rejects with StudioError as the server words it, or with code `connection-lost`. */
export async function call<C extends StudioCall>(name: C, input: StudioInput<C>): Promise<StudioOutputs[C]> {
  if (state === "lost" || state === "refused")
    throw new StudioError(
      "connection-lost",
      verbatim(t("The Studio server does not answer. Start it again; this page reconnects by itself.")),
    );
  if (state === "connecting") await new Promise<void>((resolve) => waitingForOpen.push(resolve));
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    pending.set(id, { resolve: (output) => resolve(output as StudioOutputs[C]), reject });
    socket?.send(JSON.stringify({ id, call: name, input }));
  });
}

/** Listens to an event of the server; returns how to stop. */
export function on<E extends StudioEvent>(event: E, listener: Listener<E>): () => void {
  const set = listeners.get(event) ?? new Set();
  listeners.set(event, set);
  set.add(listener);
  return () => set.delete(listener);
}

/** Told at once and at each change. */
export function onConnection(listener: (state: ConnectionState) => void): () => void {
  stateListeners.add(listener);
  listener(state);
  return () => stateListeners.delete(listener);
}

let retry: ReturnType<typeof setTimeout> | undefined;

function open(): void {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const current = new WebSocket(`${scheme}://${location.host}/studio?token=${encodeURIComponent(token)}`);
  socket = current;
  current.addEventListener("open", () => {
    attempts = 0;
    setState("open");
    for (const resume of waitingForOpen.splice(0)) resume();
  });
  current.addEventListener("message", (message: MessageEvent<string>) => receive(message.data));
  current.addEventListener("close", () => {
    for (const one of pending.values())
      one.reject(new StudioError("connection-lost", verbatim(t("The connection to the Studio server was lost before it answered."))));
    pending.clear();
    if (current !== socket) return;
    attempts += 1;
    if ((attempts > 1 && state !== "refused") || state === "open") setState("lost");
    if (state === "lost" || state === "refused") void tellRefusal();
    retry = setTimeout(open, retryMilliseconds[Math.min(attempts, retryMilliseconds.length) - 1]);
  });
}

/** A server that gives its page and refuses its socket does not know our token. */
async function tellRefusal(): Promise<void> {
  const isThere = await fetch("/", { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (state === "lost" || state === "refused") setState(isThere && socket?.readyState !== WebSocket.OPEN ? "refused" : "lost");
}

function receive(text: string): void {
  const message = JSON.parse(text) as
    | { id: number; output: unknown }
    | { id: number; error: { code: string; message: string; words?: Words } }
    | { event: StudioEvent; data: never };
  if ("event" in message) {
    for (const listener of listeners.get(message.event) ?? []) listener(message.data);
    return;
  }
  const call = pending.get(message.id);
  pending.delete(message.id);
  if ("error" in message) call?.reject(new StudioError(message.error.code, message.error.words ?? verbatim(message.error.message)));
  else call?.resolve(message.output);
}

function setState(next: ConnectionState): void {
  state = next;
  for (const listener of stateListeners) listener(next);
}

/** The token comes in the URL once; it is kept for reloads of this tab and taken out of the address bar. */
function takeToken(): string {
  const url = new URL(location.href);
  const token = url.searchParams.get("token");
  if (token === null) return sessionStorage.getItem(tokenKey) ?? "";
  sessionStorage.setItem(tokenKey, token);
  url.searchParams.delete("token");
  history.replaceState(history.state, "", url);
  return token;
}
