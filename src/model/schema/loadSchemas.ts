import { createSchemas, type Schemas } from "./schema.ts";

let loading: Promise<Schemas> | undefined;

/** Reads the schemas, once and only when something is to be checked: they are larger than all the rest of the model. */
export function loadSchemas(): Promise<Schemas> {
  loading ??= read();
  return loading;
}

async function read(): Promise<Schemas> {
  const [cloudFormation, serverless, typeNames] = await Promise.all([
    import("./cloudFormation.json", { with: { type: "json" } }),
    import("./serverless.json", { with: { type: "json" } }),
    import("./typeNames.json", { with: { type: "json" } }),
  ]);
  return createSchemas([cloudFormation.default, serverless.default], typeNames.default);
}
