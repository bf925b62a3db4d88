import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type OxlintOverride } from "oxlint";

/** The layer table: what a folder may not import. Imports go down only: renderer, main → runtime → model. */
const layers: readonly { readonly in: string; readonly not: readonly string[]; readonly because: string }[] = [
  {
    in: "src/model/**",
    not: ["**/runtime/**", "**/main/**", "**/renderer/**", "node:*", "react", "better-sqlite3"],
    because: "model is plain data and pure functions that every process shares",
  },
  { in: "src/runtime/**", not: ["**/main/**", "**/renderer/**", "electron", "react"], because: "the runtime is headless" },
  { in: "src/runtime/storage/**", not: ["**/kernel/**", "**/gateway/**", "**/services/**"], because: "storage knows only SQLite" },
  { in: "src/runtime/kernel/**", not: ["**/gateway/**", "**/services/**"], because: "the kernel knows no service" },
  { in: "src/runtime/services/**", not: ["**/gateway/**", "**/runtime/index.ts"], because: "services talk through kernel.invoke" },
  {
    in: "src/main/**",
    not: [
      "**/renderer/**",
      "**/runtime/kernel/**",
      "**/runtime/gateway/**",
      "**/runtime/services/**",
      "!**/runtime/services/definitions.ts",
      "**/runtime/storage/**",
    ],
    because: "main uses the runtime by its public door, src/runtime/index.ts",
  },
  {
    in: "src/renderer/**",
    not: [
      "**/main/**",
      "**/runtime/kernel/**",
      "**/runtime/gateway/**",
      "**/runtime/storage/**",
      "**/runtime/index.ts",
      "**/services/*/service.ts",
      "node:*",
      "electron",
    ],
    because: "the renderer is a sandboxed page: model and definitions only",
  },
];

const servicesFolder = resolve(import.meta.dirname, "src/runtime/services");
const services = existsSync(servicesFolder)
  ? readdirSync(servicesFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  : [];

export default defineConfig({
  plugins: ["typescript", "unicorn", "react", "import", "oxc"],
  categories: { correctness: "error", suspicious: "off" },
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "import/no-default-export": "error",
    "no-empty": "error",
    eqeqeq: "error",
  },
  overrides: [
    ...layers.map(
      (layer) =>
        ({
          files: [layer.in],
          rules: {
            "no-restricted-imports": [
              "error",
              { patterns: [{ group: [...layer.not], message: `Not from ${layer.in}: ${layer.because}.` }] },
            ],
          },
        }) satisfies OxlintOverride,
    ),
    ...services.map(
      (service) =>
        ({
          files: [`src/runtime/services/${service}/**`],
          rules: {
            "no-restricted-imports": [
              "error",
              {
                patterns: [
                  {
                    group: ["**/gateway/**", "**/runtime/index.ts", "**/main/**", "**/renderer/**"],
                    message: "Services talk through kernel.invoke.",
                  },
                  {
                    group: services.filter((other) => other !== service).map((other) => `**/${other}/**`),
                    message: `services/${service} reaches other services through kernel.invoke only.`,
                  },
                ],
              },
            ],
          },
        }) satisfies OxlintOverride,
    ),
    { files: ["src/runtime/services/definitions.ts", "src/runtime/services/index.ts"], rules: { "no-restricted-imports": "off" } },
    { files: ["tests/**"], rules: { "typescript/no-non-null-assertion": "off", "typescript/no-explicit-any": "off" } },
    { files: ["*.config.ts"], rules: { "import/no-default-export": "off" } },
  ],
  ignorePatterns: ["out", "dist", "resources/examples", "node_modules", "test-results"],
});
