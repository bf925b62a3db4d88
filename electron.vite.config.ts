import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const { dependencies } = JSON.parse(readFileSync(resolve(import.meta.dirname, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};
/** Carry a binary of their own, so they stay in node_modules; all else is bundled, because a bundle starts faster. */
const native = ["better-sqlite3", "esbuild"];
const bundled = Object.keys(dependencies).filter((name) => !native.includes(name));
const source = (path: string) => resolve(import.meta.dirname, "src", path);

export default defineConfig({
  main: {
    // fflate's build for Node declares a `require` of its own, which meets the one that electron-vite adds
    resolve: { alias: { fflate: "fflate/browser" } },
    build: {
      externalizeDeps: { exclude: bundled },
      minify: false,
      sourcemap: true,
      rollupOptions: {
        // bootstrap runs inside each function environment, alone
        input: {
          electron: source("main/electron.ts"),
          cli: source("main/cli.ts"),
          bootstrap: source("runtime/services/lambda/environment/bootstrap.ts"),
        },
        external: ["electron"],
        output: { format: "es", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: { rollupOptions: { input: source("main/preload.ts"), output: { format: "cjs", entryFileNames: "[name].cjs" } } },
  },
  renderer: {
    root: source("renderer"),
    base: "./",
    plugins: [react(), tailwindcss()],
    worker: { format: "es" },
    build: { minify: true, chunkSizeWarningLimit: 8000, rollupOptions: { input: source("renderer/index.html") } },
  },
});
