// JSONata's functions that call functions. The library counts no steps where these are its own (`$map(items, $string)`), so each
// call goes through the host first, which minds the limits and lets other work have its turn.
import compile from "jsonata";
import type { FunctionHost, OverriddenFunction } from "./jsonataFunctions.ts";

type Implementation = (this: compile.Focus, ...list: unknown[]) => unknown;

const signatures = {
  map: "<af>",
  filter: "<af>",
  single: "<af?>",
  reduce: "<afj?:j>",
  sift: "<o-f?:o>",
  each: "<o-f:a>",
};
type Name = keyof typeof signatures;

export const callingFunctions: Readonly<Record<Name, OverriddenFunction>> = {
  map: calling("map"),
  filter: calling("filter"),
  single: calling("single"),
  reduce: calling("reduce"),
  sift: calling("sift"),
  each: calling("each"),
};

function calling(name: Name): OverriddenFunction {
  return {
    signature: signatures[name],
    async call([first, callback, ...rest], host, frame) {
      const implementation = await implementationOf(name);
      return implementation.call(frame, first, typeof callback === "function" ? minded(callback as Callback, host) : callback, ...rest);
    },
  };
}

type Callback = ((...list: unknown[]) => unknown) & { readonly arity?: number };

/** The library asks a function how many arguments it takes. */
export function minded(callback: Callback, host: FunctionHost): Callback {
  const called = async (...list: unknown[]): Promise<unknown> => {
    const pause = host.enter();
    if (pause !== undefined) await pause;
    const result = await callback(...list);
    host.leave(result);
    return result;
  };
  return Object.assign(called, { arity: callback.arity ?? callback.length });
}

let library: Promise<Readonly<Record<Name, { readonly implementation: Implementation }>>> | undefined;

async function implementationOf(name: Name): Promise<Implementation> {
  library ??= compile(
    `{${Object.keys(signatures)
      .map((each) => `"${each}": $${each}`)
      .join(", ")}}`,
  ).evaluate(undefined);
  return (await library)[name].implementation;
}
