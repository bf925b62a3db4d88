import type { CallHandlers } from "./calls.ts";
import { remember } from "./requestHistory.ts";

type RunCall =
  | "run.start"
  | "run.stop"
  | "run.difference"
  | "request.http"
  | "request.operation"
  | "request.history"
  | "request.clearHistory"
  | "trace.list"
  | "trace.get"
  | "trace.span"
  | "trace.clear"
  | "log.list"
  | "data.inspect"
  | "debug.setStepping"
  | "debug.setBreakpoints"
  | "debug.decide"
  | "clock.pause"
  | "clock.run"
  | "clock.skip"
  | "clock.skipTo"
  | "workflow.test"
  | "workflow.operations";

export const runCalls: CallHandlers<RunCall> = {
  "run.start": async (_input, { session }) => {
    await session.run();
    return null;
  },
  "run.stop": async (_input, { session }) => {
    await session.stop();
    return null;
  },
  "run.difference": (_input, { session }) => session.difference(),
  "request.http": async (input, { session }) => {
    const answer = await session.requireRuntime().request(input);
    remember(session, {
      title: `${input.method} ${input.path}`,
      request: { type: "http", input },
      status: String(answer.status),
      durationMilliseconds: answer.durationMilliseconds,
      traceId: answer.traceId,
    });
    return answer;
  },
  "request.operation": async (input, { session }) => {
    const runtime = session.requireRuntime();
    const began = performance.now();
    const result = await runtime.invokeAsStudio(input);
    const durationMilliseconds = performance.now() - began;
    remember(session, {
      title: `${input.service}:${input.operation}`,
      request: { type: "operation", input },
      status: result.error === null ? "ok" : result.error.code,
      durationMilliseconds,
      traceId: result.traceId,
    });
    return { ...result, durationMilliseconds };
  },
  "request.history": (_input, { session }) => session.history,
  "request.clearHistory": (_input, { session }) => {
    session.history.length = 0;
    return null;
  },
  "trace.list": (input, { session }) => session.runtime?.traces.list(input) ?? [],
  "trace.get": ({ traceId }, { session }) => session.runtime?.traces.get(traceId) ?? [],
  "trace.span": ({ traceId, spanId }, { session }) => session.runtime?.traces.span(traceId, spanId) ?? null,
  "trace.clear": (_input, { session }) => {
    session.runtime?.traces.clear();
    return null;
  },
  "log.list": (input, { session }) => session.runtime?.traces.logs(input) ?? [],
  "data.inspect": ({ service, name, region, ...query }, { session }) => session.requireRuntime().inspect(service, name, region, query),
  "debug.setStepping": ({ isStepping }, { session }) => {
    session.requireRuntime().debugger.setStepping(isStepping);
    return null;
  },
  "debug.setBreakpoints": ({ breakpoints }, { session }) => {
    session.requireRuntime().debugger.setBreakpoints(breakpoints);
    return null;
  },
  "debug.decide": ({ holdId, decision }, { session }) => {
    session.requireRuntime().debugger.decide(holdId, decision);
    return null;
  },
  "clock.pause": (_input, { session }) => {
    session.requireRuntime().clock.pause();
    return null;
  },
  "clock.run": ({ rate }, { session }) => {
    session.requireRuntime().clock.run(rate);
    return null;
  },
  "clock.skip": (_input, { session }) => ({ isSkipped: session.requireRuntime().clock.skipToNext() }),
  "clock.skipTo": async ({ at }, { session }) => {
    const { clock } = session.requireRuntime();
    await clock.advance(Math.max(0, at - clock.state().now));
    return null;
  },
  "workflow.test": (input, { session }) => session.requireRuntime().invokeAsStudio({ service: "states", operation: "TestState", ...input }),
  "workflow.operations": (_input, { session }) => session.runtime?.operations() ?? {},
};
