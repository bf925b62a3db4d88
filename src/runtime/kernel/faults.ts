import { AwsError } from "./awsError.ts";
import { MessageDropped } from "./messageDropped.ts";
import type { Call } from "./service.ts";
import type { SpanSummary } from "../../model/trace.ts";

/** A rule that makes matching hops fail, lag or vanish: for tests and chaos experiments. Absent members match everything. */
export interface FaultRule {
  readonly match: {
    readonly service?: string;
    readonly operation?: string;
    /** Logical ID or physical name of the resource that is called. */
    readonly target?: string;
    /** Logical ID or physical name of the resource that calls. */
    readonly from?: string;
  };
  readonly action:
    | { readonly type: "fail"; readonly code: string; readonly message: string; readonly status: number }
    | { readonly type: "delay"; readonly milliseconds: number }
    | { readonly type: "drop" };
  /** Chance that it strikes, 0 to 1; absent: always. */
  readonly probability?: number;
  /** Ends after so many strikes; absent: never. */
  readonly times?: number;
}

export interface Faults {
  /** Replaces all rules. */
  set(rules: readonly FaultRule[]): void;
  rules(): readonly FaultRule[];
  readonly isActive: boolean;
  /** Delays, or throws what the rule says. */
  strike(span: SpanSummary, call: Call): Promise<void>;
}

export function createFaults(): Faults {
  let table: { readonly rule: FaultRule; left: number }[] = [];
  return {
    set(rules) {
      table = rules.map((rule) => ({ rule, left: rule.times ?? Number.POSITIVE_INFINITY }));
    },
    rules: () => table.map(({ rule }) => rule),
    get isActive() {
      return table.length > 0;
    },
    async strike(span, call) {
      for (const entry of table) {
        if (entry.left <= 0 || !isMatch(entry.rule, span)) continue;
        const { probability, action } = entry.rule;
        if (probability !== undefined && call.kernel.ids.random() >= probability) continue;
        entry.left--;
        switch (action.type) {
          case "delay":
            await call.kernel.clock.sleep(
              action.milliseconds,
              { title: `${span.operation} delayed by a fault rule`, ...(span.target !== null && { resource: span.target }) },
              call.signal,
            );
            break;
          case "drop":
            throw new MessageDropped("a fault rule");
          case "fail":
            throw new AwsError(action.code, action.message, { status: action.status });
        }
      }
    },
  };
}

function isMatch({ match }: FaultRule, span: SpanSummary): boolean {
  if (match.service !== undefined && match.service !== span.service) return false;
  if (match.operation !== undefined && match.operation !== span.operation) return false;
  if (match.target !== undefined && (span.target === null || (match.target !== span.target.logicalId && match.target !== span.target.name)))
    return false;
  if (match.from === undefined) return true;
  return span.actor.type === "resource" && (match.from === span.actor.resource.logicalId || match.from === span.actor.resource.name);
}
