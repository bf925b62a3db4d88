// What a drop onto the window holds: in the desktop window where it lies, in a browser only its contents.
import { t } from "../app/texts/texts.ts";

/** Put there by the desktop window's preload script. */
declare global {
  interface Window {
    readonly contrailDesktop?: { pathOf(file: File): string };
  }
}

export type Dropped =
  | { readonly type: "path"; readonly path: string }
  /** Text files by path, a template among them. */
  | { readonly type: "files"; readonly name: string; readonly files: Readonly<Record<string, string>> };

const templateNames = ["template.yaml", "template.yml", "template.json"];
const ignored = new Set(["node_modules", ".git", ".aws-sam", ".hg", ".svn", "__pycache__", ".venv", "venv", "coverage"]);
/** As the Studio server reads them. */
const mostFileBytes = 2_000_000;
const mostBytes = 8_000_000;

/** Throws with what is wrong and what to drop instead. To be called while the drop is handled: later its items are gone. */
export async function readDrop(transfer: DataTransfer): Promise<Dropped> {
  const dropped = [...transfer.files];
  const [file] = dropped;
  const path = file === undefined ? "" : (window.contrailDesktop?.pathOf(file) ?? "");
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (file !== undefined && path !== "") {
    const isOfFolder = entries[0] !== undefined && isFolder(entries[0]);
    if (!isOfFolder && file.size > mostFileBytes) throw tooLarge(file);
    if (!isOfFolder && !opensByItself(await file.text())) throw notTemplate(file.name);
    return { type: "path", path };
  }

  const first = entries[0] ?? file;
  if (first === undefined) throw new Error(t("Nothing that can be read was dropped. Drop a template.yaml, or the folder of a project."));
  const folder = entries.find(isFolder);
  if (folder === undefined && file !== undefined && file.size > mostFileBytes) throw tooLarge(file);
  const files = new Map<string, string>();
  // what another page gives has no entry
  if (entries.length === 0) for (const one of dropped) await readFile(one, one.name, files);
  else await readEntries(folder === undefined ? entries : await childrenOf(folder), "", files);
  const name = projectName((folder ?? first).name);

  if (templateNames.some((template) => files.has(template))) return { type: "files", name, files: Object.fromEntries(files) };
  if (folder !== undefined)
    throw new Error(
      t("{{name}} has no template.yaml, template.yml or template.json. Drop the folder that has one.", { name: folder.name }),
    );
  const text = files.get(first.name);
  if (text !== undefined && !hasMember(text, "Resources") && opensByItself(text)) throw isDefinition(first.name);
  if (text === undefined || !hasMember(text, "Resources")) throw notTemplate(first.name);
  files.delete(first.name);
  files.set(/\.json$/i.test(first.name) ? "template.json" : "template.yaml", text);
  return { type: "files", name, files: Object.fromEntries(files) };
}

function tooLarge({ name, size }: File): Error {
  return new Error(
    t("{{name}} has {{megabytes}} MB. Contrail reads templates of up to 2 MB.", { name, megabytes: (size / 1e6).toFixed(1) }),
  );
}

function isDefinition(name: string): Error {
  return new Error(
    t("{{name}} defines a state machine, and a browser does not tell where it lies. Open folder opens it from its folder.", { name }),
  );
}

function notTemplate(name: string): Error {
  return new Error(
    t("{{name}} is no template: it has no Resources. Drop a SAM or CloudFormation template, or the folder of a project.", { name }),
  );
}

/** A template, or the definition of a state machine. */
function opensByItself(text: string): boolean {
  return hasMember(text, "Resources") || (hasMember(text, "StartAt") && hasMember(text, "States"));
}

function hasMember(text: string, name: string): boolean {
  return new RegExp(`(?:^|[{,])\\s*["']?${name}["']?\\s*:`, "m").test(text);
}

// browsers do not give these interfaces by name
function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

async function readEntries(entries: readonly FileSystemEntry[], folder: string, files: Map<string, string>): Promise<void> {
  for (const entry of entries) {
    const path = `${folder}${entry.name}`;
    if (isFolder(entry)) {
      if (!ignored.has(entry.name) && path !== ".contrail/data") await readEntries(await childrenOf(entry), `${path}/`, files);
    } else if (isFile(entry)) {
      await readFile(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)), path, files);
    }
  }
}

async function readFile(file: File, path: string, files: Map<string, string>): Promise<void> {
  const text = file.size <= mostFileBytes ? await file.text() : "\0";
  // pictures and archives are not the design's
  if (!text.includes("\0")) files.set(path, text);
  if ([...files.values()].reduce((bytes, one) => bytes + one.length, 0) > mostBytes)
    throw new Error(t("This folder has more than 8 MB of text. Use Open folder, which reads it where it is."));
}

/** A folder tells a hundred of its entries at a time. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (more.length === 0) return children;
    children.push(...more);
  }
}

/** `shop.template.yaml` becomes `shop`. */
function projectName(file: string): string {
  const name = file
    .replace(/\.(ya?ml|json|template)$/i, "")
    .replace(/\.template$/i, "")
    .replaceAll(/[^\w .-]/g, "-");
  return /^\w/.test(name) && name !== "template" ? name.slice(0, 64) : "my-system";
}
