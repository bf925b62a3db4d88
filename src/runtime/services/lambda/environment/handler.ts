import { statSync } from "node:fs";
import path from "node:path";
import { RuntimeError } from "./errors.ts";
import { isMissing } from "./modules.ts";
import type { Modules } from "./modules.ts";
import type { InitHead } from "./protocol.ts";

export type Handler = (event: unknown, context: object, callback: (error: unknown, result?: unknown) => void) => unknown;

const extensions = ["", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx"];

/** `src/createOrder.handler` → the function, found as Lambda's runtime finds it and with its errors. */
export async function loadHandler(init: InitHead, modules: Modules): Promise<Handler> {
  const { modulePath, exportPath } = splitHandler(init.handler);
  const file = init.entry ?? findFile(path.resolve(init.root, modulePath), modules);
  if (file === undefined) {
    const message = `Error: Cannot find module '${path.posix.basename(modulePath)}'\nRequire stack:\n- ${init.root}`;
    throw new RuntimeError("Runtime.ImportModuleError", message, message);
  }
  const loaded = await importUserModule(file, modules);
  const handler = exportPath.split(".").reduce<unknown>((value, name) => member(value, name), loaded);
  if (handler === undefined || handler === null)
    throw new RuntimeError("Runtime.HandlerNotFound", `${init.handler} is undefined or not exported`);
  if (typeof handler !== "function") throw new RuntimeError("Runtime.HandlerNotFound", `${init.handler} is not a function`);
  return handler as Handler;
}

function splitHandler(handler: string): { modulePath: string; exportPath: string } {
  if (handler.includes(".."))
    throw new RuntimeError(
      "Runtime.MalformedHandlerName",
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  const base = path.posix.basename(handler);
  const match = /^([^.]*)\.(.*)$/.exec(base);
  if (!match?.[1] || !match[2]) throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler");
  return { modulePath: handler.slice(0, handler.length - base.length) + match[1], exportPath: match[2] };
}

function findFile(base: string, modules: Modules): string | undefined {
  return extensions
    .map((extension) => base + extension)
    .find((file) => modules.isServed(file) || (path.extname(file) !== "" && statSync(file, { throwIfNoEntry: false })?.isFile() === true));
}

async function importUserModule(file: string, modules: Modules): Promise<unknown> {
  try {
    const loaded = await modules.load(file);
    return loaded;
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError("Runtime.UserCodeSyntaxError", String(error), error.stack);
    if (isMissing(error))
      throw new RuntimeError("Runtime.ImportModuleError", String(error), error instanceof Error ? error.stack : undefined);
    throw error;
  }
}

/** A CommonJS module seen through import() keeps its exports below `default`. */
function member(value: unknown, name: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const direct: unknown = Reflect.get(value, name);
  if (direct !== undefined) return direct;
  const fallback: unknown = Reflect.get(value, "default");
  return (typeof fallback === "object" || typeof fallback === "function") && fallback !== null ? Reflect.get(fallback, name) : undefined;
}
