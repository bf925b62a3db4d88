import { vi } from "vitest";

/** Tries until it holds: what happens beside the test has time, however busy the machine is. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 });
}
