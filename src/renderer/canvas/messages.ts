// Moving messages: every hop that the runtime makes travels along its edge. At high rates an edge becomes a flow whose
// thickness is the rate. Pure data and drawing; nothing here touches React.
import type { Outcome, SpanSummary } from "../../model/trace.ts";
import { piecesOf, pointOn, type Curve } from "../../model/design/curve.ts";
import { liveKey } from "../app/stores/live.ts";
import { endsOf } from "./spanEnds.ts";

const travelMilliseconds = 620;
/** More than this per second on one edge and single messages cannot be told apart any more. */
const flowRate = 14;
const rateWindowMilliseconds = 1000;
const maxMessages = 400;

interface Message {
  readonly connection: string;
  readonly spanId: string;
  readonly startedAt: number;
  outcome: Outcome;
  /** The answer of an access runs on an edge drawn the other way round. */
  readonly isReversed: boolean;
}

interface Traffic {
  /** Arrival times within the window, oldest first. */
  readonly arrivals: number[];
  errors: number;
}

export interface MessageField {
  /** A hop began; `find` gives the connection it runs over. */
  start(span: SpanSummary, parentOf: (spanId: string) => SpanSummary | undefined, find: FindConnection, now: number): void;
  end(span: SpanSummary): void;
  draw(context: CanvasRenderingContext2D, curves: ReadonlyMap<string, Curve>, colours: MessageColours, now: number): void;
  isIdle(now: number): boolean;
  clear(): void;
}

export type FindConnection = (
  from: string | null,
  to: string,
  operation: string,
) => { readonly id: string; readonly isReversed: boolean } | undefined;

export type MessageColours = Readonly<Record<Outcome, string>>;

/** Kinds that are work on the way; polls and timers come by themselves all the time and say nothing. */
const travelling: ReadonlySet<SpanSummary["kind"]> = new Set(["request", "operation", "invocation", "delivery", "transition"]);

export function createMessageField(): MessageField {
  let messages: Message[] = [];
  const bySpan = new Map<string, Message>();
  const traffic = new Map<string, Traffic>();

  const trafficOf = (connection: string, now: number): Traffic => {
    const known = traffic.get(connection) ?? { arrivals: [], errors: 0 };
    traffic.set(connection, known);
    while (known.arrivals[0] !== undefined && known.arrivals[0] < now - rateWindowMilliseconds) known.arrivals.shift();
    if (known.arrivals.length === 0) known.errors = 0;
    return known;
  };

  return {
    start(span, parentOf, find, now) {
      if (!travelling.has(span.kind)) return;
      const ends = endsOf(span, parentOf);
      const connection = ends === null ? undefined : (find(ends.from, ends.to, span.operation) ?? pastRule(span, ends.to, parentOf, find));
      if (connection === undefined) return;
      const flow = trafficOf(connection.id, now);
      flow.arrivals.push(now);
      if (flow.arrivals.length > flowRate * 40) flow.arrivals.shift();
      if (flow.arrivals.length > flowRate || messages.length >= maxMessages) return;
      const message: Message = {
        connection: connection.id,
        spanId: span.spanId,
        startedAt: now,
        outcome: span.outcome,
        isReversed: connection.isReversed,
      };
      messages.push(message);
      bySpan.set(span.spanId, message);
    },
    end(span) {
      const message = bySpan.get(span.spanId);
      if (message !== undefined) message.outcome = span.outcome;
      if (span.outcome !== "error" || message === undefined) return;
      const flow = traffic.get(message.connection);
      if (flow !== undefined) flow.errors += 1;
    },
    draw(context, curves, colours, now) {
      for (const [connection] of traffic) {
        const flow = trafficOf(connection, now);
        const curve = curves.get(connection);
        if (curve !== undefined && flow.arrivals.length > flowRate) drawFlow(context, curve, flow, colours, now);
        if (flow.arrivals.length === 0) traffic.delete(connection);
      }
      messages = messages.filter((message) => {
        const t = (now - message.startedAt) / travelMilliseconds;
        const curve = curves.get(message.connection);
        if (t < 1 && curve !== undefined) {
          drawMessage(context, curve, message.isReversed ? 1 - ease(t) : ease(t), colours[message.outcome]);
          return true;
        }
        bySpan.delete(message.spanId);
        return false;
      });
    },
    isIdle: (now) => messages.length === 0 && [...traffic.keys()].every((connection) => trafficOf(connection, now).arrivals.length === 0),
    clear() {
      messages = [];
      bySpan.clear();
      traffic.clear();
    },
  };
}

/** What a rule without a card of its own hands on runs over the connection from its bus. */
function pastRule(
  span: SpanSummary,
  to: string,
  parentOf: (spanId: string) => SpanSummary | undefined,
  find: FindConnection,
): ReturnType<FindConnection> {
  if (span.actor.type !== "resource" || span.actor.resource.type !== "AWS::Events::Rule") return undefined;
  for (let parent = parentOf(span.parentId ?? ""); parent !== undefined; parent = parentOf(parent.parentId ?? "")) {
    if (parent.target?.type === "AWS::Events::EventBus") return find(liveKey(parent.target), to, span.operation);
  }
  return undefined;
}

function drawMessage(context: CanvasRenderingContext2D, curve: Curve, t: number, colour: string): void {
  const { x, y } = pointOn(curve, t);
  context.fillStyle = colour;
  context.globalAlpha = 0.17;
  disc(context, x, y, 8);
  context.globalAlpha = 1;
  disc(context, x, y, 3.6);
  context.fillStyle = "#fff";
  context.globalAlpha = 0.85;
  disc(context, x, y, 1.3);
  context.globalAlpha = 1;
}

function drawFlow(context: CanvasRenderingContext2D, curve: Curve, flow: Traffic, colours: MessageColours, now: number): void {
  const width = Math.min(9, 1.6 + Math.log2(flow.arrivals.length / flowRate + 1) * 1.6);
  const failing = flow.errors / flow.arrivals.length;
  context.strokeStyle = failing > 0.5 ? colours.error : failing > 0.05 ? colours.throttled : colours.ok;
  context.lineCap = "round";
  trace(context, curve);
  context.globalAlpha = 0.22;
  context.lineWidth = width + 3;
  context.stroke();
  context.globalAlpha = 0.95;
  context.lineWidth = width;
  context.setLineDash([2, 11]);
  context.lineDashOffset = -(now / 9) % 13;
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function trace(context: CanvasRenderingContext2D, curve: Curve): void {
  context.beginPath();
  context.moveTo(curve.from.x, curve.from.y);
  for (const { fromControl, toControl, to } of piecesOf(curve))
    context.bezierCurveTo(fromControl.x, fromControl.y, toControl.x, toControl.y, to.x, to.y);
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}

function ease(t: number): number {
  return t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2;
}
