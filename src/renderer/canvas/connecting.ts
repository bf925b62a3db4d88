// A connection being drawn: where it may end, what the pointer is over, and what is asked before it is written.
import { create } from "zustand";
import { legalTargets, needsRoute, whyNot, type LegalTarget } from "../../model/design/connectable.ts";
import type { ConnectionRule } from "../../model/service.ts";
import { changeDesign, designContext, useDesign } from "../app/stores/design.ts";
import { notify } from "../app/stores/notices.ts";
import { selectConnection } from "../app/stores/selection.ts";
import { useAddConnected } from "./AddConnected.tsx";
import type { Point } from "../../model/design/curve.ts";
import { t } from "../app/texts/texts.ts";
import { tWords } from "../app/texts/words.ts";

interface Connecting {
  /** null: nothing is being drawn. */
  from: string | null;
  legal: ReadonlyMap<string, LegalTarget>;
  hovered: string | null;
  /** Client pixels. */
  pointer: Point | null;
  /** The ends are chosen; the person still has to say how: which rule, which route. */
  question: ConnectionQuestion | null;
}

export interface ConnectionQuestion {
  readonly from: string;
  readonly to: string;
  readonly rules: readonly ConnectionRule[];
  /** Client pixels where the line was dropped. */
  readonly at: Point;
}

const nothing = { from: null, legal: new Map<string, LegalTarget>(), hovered: null, pointer: null };

export const useConnecting = create<Connecting>(() => ({ ...nothing, question: null }));

export function beginConnecting(from: string): void {
  const targets = legalTargets(useDesign.getState().design, from, designContext());
  useConnecting.setState({ from, legal: new Map(targets.map((target) => [target.id, target])), hovered: null, question: null });
}

export function hoverWhileConnecting(hovered: string | null, pointer: Point): void {
  if (useConnecting.getState().from !== null) useConnecting.setState({ hovered, pointer });
}

/** Why the card under the pointer cannot take the line; null while there is nothing to say. */
export function reasonAgainst({ from, hovered, legal }: Pick<Connecting, "from" | "hovered" | "legal">): string | null {
  if (from === null || hovered === null || hovered === from || legal.has(hovered)) return null;
  const refusal = whyNot(useDesign.getState().design, from, hovered, designContext());
  return refusal === undefined ? null : tWords(refusal);
}

/** The line was let go over a card, or over nothing. */
export function endConnecting(to: string | null, at: Point): void {
  const { from, legal, hovered } = useConnecting.getState();
  useConnecting.setState(nothing);
  if (from === null || to === from) return;
  if (to === null) {
    useAddConnected.setState({ from, at });
    return;
  }
  const target = legal.get(to);
  if (target === undefined) {
    const reason = reasonAgainst({ from, hovered: hovered ?? to, legal });
    if (reason !== null) notify({ tone: "info", title: t("Not connected"), detail: reason });
    return;
  }
  connectOrAsk(from, target, at);
}

/** Writes the connection, or asks first which one is meant. */
export function connectOrAsk(from: string, { id: to, rules }: LegalTarget, at: Point): void {
  const [rule] = rules;
  if (rule === undefined) return;
  if (rules.length > 1 || needsRoute(rule)) useConnecting.setState({ question: { from, to, rules, at } });
  else connect(from, to, rule.id);
}

export function closeQuestion(): void {
  useConnecting.setState({ question: null });
}

export function connect(from: string, to: string, rule: string, route?: { readonly method: string; readonly path: string }): boolean {
  const before = new Set(useDesign.getState().design.connections.map((connection) => connection.id));
  const isDone = changeDesign(t("Connect {{from}} to {{to}}", { from, to }), {
    type: "connect",
    from,
    to,
    rule,
    ...(route === undefined ? {} : { route }),
  });
  const made = useDesign.getState().design.connections.find((connection) => !before.has(connection.id));
  if (isDone && made !== undefined) selectConnection(made.id);
  return isDone;
}
