// Files that the template names and the design is read from too: OpenAPI documents, state machines, includes. Read when
// the design first asks for them, again when they change; what is typed in an open one counts at once.
import { create } from "zustand";
import { call, on } from "../api.ts";
import { documentOf } from "./documents.ts";

/** null: not there, or not text. */
export const useLocalTexts = create<{ texts: Readonly<Record<string, string | null>> }>(() => ({ texts: {} }));

const asked = new Set<string>();

/** undefined: not there, or not read yet; whoever follows the store is told when it is. */
export function localText(path: string): string | undefined {
  const open = documentOf(path);
  if (open !== undefined && !open.isBinary && open.version !== null) return open.text;
  const { texts } = useLocalTexts.getState();
  if (!Object.hasOwn(texts, path)) void read(path);
  return texts[path] ?? undefined;
}

/** Whether one of these files is still on its way. */
export function areAwaited(paths: Iterable<string>): boolean {
  const { texts } = useLocalTexts.getState();
  return [...paths].some((path) => asked.has(path) && !Object.hasOwn(texts, path));
}

export function forgetLocalTexts(): void {
  asked.clear();
  useLocalTexts.setState({ texts: {} });
}

export function followLocalTexts(): () => void {
  return on("files.changed", (changes) => {
    for (const { path } of changes) {
      if (!Object.hasOwn(useLocalTexts.getState().texts, path)) continue;
      asked.delete(path);
      void read(path);
    }
  });
}

async function read(path: string): Promise<void> {
  if (asked.has(path)) return;
  asked.add(path);
  // what cannot be read is said by the rule that looks for it, at the place that names it
  const file = await call("file.read", { path }).catch(() => null);
  const text = file === null || file.isBinary ? null : file.text;
  useLocalTexts.setState(({ texts }) => ({ texts: { ...texts, [path]: text } }));
}
