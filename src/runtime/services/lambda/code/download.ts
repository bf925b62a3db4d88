import { readFile } from "node:fs/promises";
import path from "node:path";
import type { DataPlane } from "../../../kernel/service.ts";

const prefix = "/_aws/lambda/code/";

/** Where GetFunction says that a deployment package can be had. */
export function codeLocation(endpoint: string, directory: string): string {
  return `${endpoint}${prefix}${directory}.zip`;
}

/** Hands out deployment packages as they were sent. */
export function codePlane(codeDirectory: string): DataPlane {
  return {
    matches: (_host, requested) => requested.startsWith(prefix),
    async handle(request) {
      const name = request.path.slice(prefix.length);
      if (!/^[0-9a-f]{64}\.zip$/.test(name)) return { status: 404, headers: [], body: new Uint8Array(0) };
      const zip = await readFile(path.join(codeDirectory, name)).catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      });
      return zip === undefined
        ? { status: 404, headers: [], body: new Uint8Array(0) }
        : { status: 200, headers: [["content-type", "application/zip"]], body: zip };
    },
  };
}
