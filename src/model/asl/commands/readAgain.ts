// Definitions in YAML as they are read again and again while somebody works on them: what did not change is not read anew.
import type { TemplateDocument } from "../../template/document.ts";
import { parseTemplate } from "../../template/parseTemplate.ts";

const maxKept = 4;
/** The last version of each file. */
const last = new Map<string, TemplateDocument>();

export function readAgain(text: string, file: string): TemplateDocument {
  const before = last.get(file);
  const document = before?.text === text ? before : parseTemplate(text, file, before);
  last.delete(file);
  last.set(file, document);
  const [oldest] = last.keys();
  if (last.size > maxKept && oldest !== undefined) last.delete(oldest);
  return document;
}
