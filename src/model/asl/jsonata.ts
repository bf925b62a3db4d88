// Evaluates JSONata as Step Functions does: `$states` and variables instead of a context item, functions of its own, and limits,
// which end an expression that never would. While one is evaluated for long, other work gets its turn.
import compile from "jsonata";
import { BoundedRegExp } from "./boundedRegExp.ts";
import { overriddenFunctions, type FunctionHost } from "./jsonataFunctions.ts";
import { rewriteOrderBy } from "./jsonataSort.ts";
import { fromJsonata, toJsonata, UnsupportedResult } from "./jsonataValues.ts";
import { StateFailure } from "./failure.ts";
import { ExactNumber, numberForJsonata } from "./number.ts";
import type { Scope } from "./scope.ts";
import { isArrayValue, isObjectValue, objectOf, entriesOf, type ObjectValue, type Value } from "./value.ts";
import { allVariables, variableNamed } from "./variables.ts";

/** AWS's own: an expression may nest so deep, and hold values so large (a number counts as eight bytes). */
const maxDepth = 100;
const maxValueBytes = 6_990_256;
/** About the second that AWS allows, counted in steps so that every run ends the same way. */
const maxSteps = 2_000_000;
/** A limit of real time, for what steps do not tell. */
const maxMilliseconds = 5_000;
const sliceMilliseconds = 8;
const stepsBetweenLooks = 64;

/** What AWS says when an expression goes past a limit. */
const limitTexts = {
  depth: "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive",
  memory: "Expression evaluation memory limit exceeded: Check for excessive memory usage",
  time: "Expression evaluation timeout: Check for infinite loop",
};

class LimitExceeded extends Error {}

/** The text between `{%` and `%}`; undefined for other texts. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith("{%") && text.endsWith("%}") && text.length >= 4 ? text.slice(2, -2).trim() : undefined;
}

/**
 * What an expression gives. `field` names where it stands (`Arguments/Payload/items[0]`).
 * Throws a StateFailure `States.QueryEvaluationError` where it fails or gives nothing.
 */
export async function evaluateExpression(expression: string, field: string, scope: Scope): Promise<Value> {
  const failed = (what: string): StateFailure =>
    new StateFailure(
      "States.QueryEvaluationError",
      `The JSONata expression '${expression}' specified for the field '${field}' ${what}`,
      field,
    );
  const plain = evaluatePlainPath(expression, scope);
  let value = plain === notPlain ? undefined : plain;
  if (plain === notPlain) {
    try {
      value = fromJsonata(await evaluate(expression, scope));
    } catch (error) {
      if (error instanceof UnsupportedResult) throw failed("returned an unsupported result type.");
      throw failed(`threw an ${errorText(error)}`);
    }
  }
  if (value === undefined) throw failed("returned nothing (undefined).");
  return value;
}

/** The library throws objects that are not Errors, with a code of their own. */
function errorText(error: unknown): string {
  if (error instanceof LimitExceeded) return `error during evaluation: ${error.message}`;
  if (error instanceof RangeError)
    return `error during evaluation: ${/call stack/.test(error.message) ? limitTexts.depth : limitTexts.memory}`;
  if (typeof error === "object" && error !== null && "code" in error && "message" in error)
    return `error during evaluation. ${error.code}: ${error.message}`;
  return "internal error during evaluation.";
}

const plainPath = /^\$([A-Za-z_][A-Za-z0-9_]*)((?:\.[A-Za-z_][A-Za-z0-9_]*)*)$/;
const reserved = /\.(?:and|or|in)(?:\.|$)/;
const notPlain = Symbol("an expression that is more than a path");

/** `$states.input.a.b` and the like, which most expressions are: read at once, and with numbers as exact as AWS keeps them. */
function evaluatePlainPath(expression: string, scope: Scope): Value | undefined | typeof notPlain {
  const match = plainPath.exec(expression);
  const [, name = "", path = ""] = match ?? [];
  if (match === null || reserved.test(path)) return notPlain;
  const names = path.split(".").slice(1);
  let value: Value | undefined = name === "states" ? statesOf(scope) : variableNamed(scope.variables, name);
  if (value === undefined) return notPlain;
  for (const key of names) {
    if (isArrayValue(value)) return notPlain;
    value = isObjectValue(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value === undefined ? undefined : withJsonataNumbers(value);
}

function statesOf(scope: Scope): ObjectValue {
  return {
    input: scope.input,
    context: scope.context,
    ...(scope.result !== undefined && { result: scope.result }),
    ...(scope.errorOutput !== undefined && { errorOutput: scope.errorOutput }),
  };
}

function withJsonataNumbers(value: Value): Value {
  if (value instanceof ExactNumber) return numberForJsonata(value);
  // JSONata's own form is the same where all numbers are plain
  if (toJsonata(value) === value) return value;
  if (isArrayValue(value)) return value.map(withJsonataNumbers);
  return isObjectValue(value) ? objectOf(entriesOf(value).map(([key, member]) => [key, withJsonataNumbers(member)])) : value;
}

/** One evaluation: what it has spent of its limits. */
class Evaluation implements FunctionHost {
  readonly scope: Scope;
  private depth = 0;
  private steps = 0;
  private nextLook = stepsBetweenLooks;
  private sliceBegan: number;
  private milliseconds = 0;

  constructor(scope: Scope) {
    this.scope = scope;
    this.sliceBegan = scope.sources.elapsed();
  }

  enter(): Promise<void> | undefined {
    this.depth += 1;
    if (this.depth > maxDepth) throw new LimitExceeded(limitTexts.depth);
    this.spend(1);
    if (this.steps < this.nextLook) return undefined;
    this.nextLook = this.steps + stepsBetweenLooks;
    const elapsed = this.scope.sources.elapsed() - this.sliceBegan;
    return elapsed < sliceMilliseconds ? undefined : this.rest(elapsed);
  }

  leave(result: unknown): void {
    this.depth -= 1;
    const size = typeof result === "string" ? result.length : Array.isArray(result) ? result.length * 8 : 0;
    if (size === 0) return;
    this.checkSize(size);
    this.spend(size / 1024);
  }

  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > maxSteps) throw new LimitExceeded(limitTexts.time);
  }

  checkSize(bytes: number): void {
    if (bytes > maxValueBytes) throw new LimitExceeded(limitTexts.memory);
  }

  private async rest(elapsed: number): Promise<void> {
    this.milliseconds += elapsed;
    if (this.milliseconds > maxMilliseconds) throw new LimitExceeded(limitTexts.time);
    await this.scope.sources.pause();
    this.sliceBegan = this.scope.sources.elapsed();
  }
}

/** A compiled expression serves one evaluation at a time: the library keeps the hooks in it. */
class Compiled {
  private readonly expression: compile.Expression;
  private readonly options: compile.JsonataOptions = {};
  private current: Evaluation | undefined;

  constructor(text: string) {
    this.expression = compile(text, this.options);
    rewriteOrderBy(this.expression.ast());
    // the types know names only, the library looks these up by symbols
    const hooks: { assign(name: symbol, hook: unknown): void } = Object(this.expression);
    hooks.assign(Symbol.for("jsonata.__evaluate_entry"), () => this.current?.enter());
    hooks.assign(Symbol.for("jsonata.__evaluate_exit"), (_node: unknown, _input: unknown, _frame: unknown, result: unknown) =>
      this.current?.leave(result),
    );
    this.expression.assign("eval", undefined);
    for (const [name, { signature, call }] of Object.entries(overriddenFunctions)) {
      const run = (frame: compile.Focus, list: readonly unknown[]): unknown =>
        this.current === undefined ? undefined : call(list, this.current, frame);
      this.expression.registerFunction(
        name,
        function (this: compile.Focus, ...list: unknown[]) {
          return run(this, list);
        },
        signature,
      );
    }
  }

  async evaluate(evaluation: Evaluation, bindings: Record<string, unknown>): Promise<unknown> {
    this.current = evaluation;
    class EvaluationRegExp extends BoundedRegExp {
      constructor(own: RegExp) {
        super(own, (steps) => evaluation.spend(steps));
      }
    }
    Object.assign(this.options, { RegexEngine: EvaluationRegExp });
    try {
      return await this.expression.evaluate(undefined, bindings);
    } finally {
      this.current = undefined;
    }
  }
}

/** Expressions compiled before and not in use; compiling takes far longer than evaluating. */
const idle = new Map<string, Compiled[]>();
const maxIdle = 2_000;

async function evaluate(text: string, scope: Scope): Promise<unknown> {
  const compiled = idle.get(text)?.pop() ?? new Compiled(text);
  const bindings: Record<string, unknown> = { states: toJsonata(statesOf(scope)) };
  for (const [name, value] of allVariables(scope.variables)) bindings[name] = toJsonata(value);
  try {
    return await compiled.evaluate(new Evaluation(scope), bindings);
  } finally {
    if (idle.size >= maxIdle) idle.clear();
    const others = idle.get(text);
    if (others === undefined) idle.set(text, [compiled]);
    else if (others.length < 4) others.push(compiled);
  }
}
