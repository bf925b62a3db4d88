// How modules are found and read inside a function environment: the deployed code instead of later edits on disk,
// layers, and the AWS SDK where the function brings none, as Lambda's own image provides it.
import { createRequire, registerHooks } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { InitHead, ServedSource } from "./protocol.ts";

const providedPackages = /^@(?:aws-sdk|smithy|aws-crypto|aws)\//;

export interface Modules {
  isServed(file: string): boolean;
  load(file: string): Promise<Record<string, unknown>>;
}

export function installModules(init: InitHead): Modules {
  const served = new Map<string, ServedSource>();
  for (const source of init.sources) served.set(pathToFileURL(source.path).href, source);
  const fallbacks = init.moduleDirectories.map((directory) => pathToFileURL(path.join(directory, "from-layer.js")).href);
  const sdkOrigin = pathToFileURL(init.sdkOrigin).href;

  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!isMissing(error) || /^(?:\.|\/|file:|node:)/.test(specifier)) throw error;
        const origins = providedPackages.test(specifier) ? [...fallbacks, sdkOrigin] : fallbacks;
        if (context.parentURL !== undefined && origins.includes(context.parentURL)) throw error;
        for (const parentURL of origins) {
          try {
            // for require() the next resolver looks at the calling module only, whatever parentURL says
            if (context.conditions.includes("require"))
              return { url: pathToFileURL(createRequire(parentURL).resolve(specifier)).href, shortCircuit: true };
            return next(specifier, { ...context, parentURL });
          } catch (inner) {
            if (!isMissing(inner)) throw inner;
          }
        }
        throw error;
      }
    },
    load(url, context, next) {
      const source = served.get(url);
      if (source === undefined) return next(url, context);
      if (source.format !== undefined) return { format: source.format, source: source.source, shortCircuit: true };
      return { ...next(url, context), source: source.source, shortCircuit: true };
    },
  });

  return {
    isServed: (file) => served.has(pathToFileURL(file).href),
    async load(file) {
      const url = pathToFileURL(file).href;
      // import() of a CommonJS source that stands under a name that Node takes for ESM ends in a require cycle
      if (served.get(url)?.format === "commonjs" || file.endsWith(".cjs"))
        return createRequire(url)(fileURLToPath(url)) as Record<string, unknown>;
      return (await import(url)) as Record<string, unknown>;
    },
  };
}

export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
}
