// The commands that `contrail edit` takes, as JSON: the Studio's own, their shapes checked with words for whoever wrote them.
import { z } from "zod";
import type { DesignCommand } from "../../model/design/design.ts";
import type { Json } from "../../model/json.ts";

const json = z.json() as z.ZodType<Json>;
const map = z.record(z.string(), json);
const id = z.string().min(1);

const command: z.ZodType<DesignCommand> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("add"), id, resourceType: z.string().min(1), properties: map.default({}), extra: map.optional() }),
  z.strictObject({ type: z.literal("remove"), ids: z.array(id).min(1) }),
  z.strictObject({ type: z.literal("rename"), id, newId: id }),
  z.strictObject({
    type: z.literal("connect"),
    from: id,
    to: id,
    rule: z.string().min(1),
    route: z.strictObject({ method: z.string().min(1), path: z.string().startsWith("/") }).optional(),
  }),
  z.strictObject({ type: z.literal("disconnect"), connection: z.string().min(1) }),
  z.strictObject({ type: z.literal("setProperty"), id, path: z.string().min(1), value: json.optional() }),
  z.strictObject({
    type: z.literal("several"),
    get commands() {
      return z.array(command);
    },
  }),
]);

/** One command or a list of them. Throws with what is wrong about the text, and where. */
export function parseEditCommands(text: string): readonly DesignCommand[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`The command is not JSON: ${error instanceof Error ? error.message : String(error)}. ${seeHelp}`, { cause: error });
  }
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new Error(`The list holds no command. ${seeHelp}`);
  return list.map((each: unknown, index) => {
    const parsed = command.safeParse(each);
    if (parsed.success) return parsed.data;
    const which = Array.isArray(value) ? `Command ${index + 1}` : "The command";
    throw new Error(`${which} is not one that can be done: ${reasonOf(each, parsed.error)}. ${seeHelp}`);
  });
}

const seeHelp = "See contrail edit --help.";
const types = "add, remove, rename, connect, disconnect, setProperty, several";

function reasonOf(value: unknown, error: z.ZodError): string {
  if (typeof value !== "object" || value === null) return `it is ${JSON.stringify(value)}, not a map`;
  const type = "type" in value ? value.type : undefined;
  if (type === undefined) return `it has no "type" (${types})`;
  const [issue] = error.issues;
  if (issue === undefined) return error.message;
  if (issue.path.join(".") === "type") return `there is no command ${JSON.stringify(type)}, only ${types}`;
  if (issue.code === "unrecognized_keys") return `${String(type)} takes no ${issue.keys.join(", ")}`;
  const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
  return isMissing ? `${String(type)} needs "${issue.path.join(".")}"` : `"${issue.path.join(".")}": ${issue.message}`;
}
