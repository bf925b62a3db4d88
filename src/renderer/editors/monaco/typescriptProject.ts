// What the TypeScript worker knows: the type libraries, and every code file of the project so that imports resolve.
import { editor, type IDisposable } from "monaco-editor/editor";
import {
  getTypeScriptWorker,
  javascriptDefaults,
  ModuleKind,
  typescriptDefaults,
  ScriptTarget,
} from "monaco-editor/languages/features/typescript/register";
import { call, on } from "../../app/api.ts";
import { documentOf } from "../../app/stores/documents.ts";
import { notify } from "../../app/stores/notices.ts";
import { useProject } from "../../app/stores/project.ts";
import { languageOf } from "./monaco.ts";
import { uriOf } from "./models.ts";
import { t } from "../../app/texts/texts.ts";

const MAX_FILES = 400;
const MAX_FILE_BYTES = 200_000;

/** TypeScript's own number for `bundler`, which Monaco's list of names lacks. */
const BUNDLER_RESOLUTION: number = 100;

/**
 * A package whose types are not here is `any`, not an error: the functions' build knows what is installed and reports
 * what is missing.
 */
const unknownPackages = 'declare module "*";';

let isStarted = false;

export function startTypeScriptProject(): void {
  if (isStarted) return;
  isStarted = true;
  for (const defaults of [typescriptDefaults, javascriptDefaults]) {
    defaults.setCompilerOptions({
      target: ScriptTarget.ESNext,
      module: ModuleKind.ESNext,
      moduleResolution: BUNDLER_RESOLUTION,
      allowImportingTsExtensions: true,
      allowJs: true,
      allowNonTsExtensions: true,
      allowSyntheticDefaultImports: true,
      esModuleInterop: true,
      lib: ["esnext"],
      noEmit: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      strict: defaults === typescriptDefaults,
      types: ["node", "aws-lambda"],
      typeRoots: ["file:///node_modules/@types"],
    });
    defaults.setDiagnosticsOptions({ onlyVisible: true, noSuggestionDiagnostics: true });
    defaults.setEagerModelSync(true);
    defaults.addExtraLib(unknownPackages, "file:///node_modules/@types/contrail-unknown-packages/index.d.ts");
  }
  void addTypeLibraries();
  followProjectFiles();
}

async function addTypeLibraries(): Promise<void> {
  try {
    const libraries = await call("editor.typeLibraries", {});
    for (const [path, text] of Object.entries(libraries)) {
      typescriptDefaults.addExtraLib(text, path);
      javascriptDefaults.addExtraLib(text, path);
    }
  } catch (error) {
    notify({
      tone: "error",
      title: t("Types for AWS and Node are missing in the editor"),
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Stops that take a file's text out of the worker again. */
const known = new Map<string, readonly IDisposable[]>();

/** Every code file is known to the worker as text; a file that is open is known by its model, which comes first. */
function followProjectFiles(): void {
  const readMissing = (): void => {
    const files = useProject.getState().project?.files ?? [];
    const wanted = files.filter((file) => !file.isDirectory && isCode(file.path) && file.bytes <= MAX_FILE_BYTES).slice(0, MAX_FILES);
    for (const { path } of wanted) if (!known.has(path)) void read(path);
  };
  readMissing();
  useProject.subscribe((state, before) => {
    if (state.project?.directory !== before.project?.directory) known.forEach((_stops, path) => forget(path));
    if (state.project?.files !== before.project?.files) readMissing();
  });
  on("files.changed", (changes) => {
    for (const { path, version } of changes) {
      if (!isCode(path)) continue;
      if (version === null) forget(path);
      else void read(path);
    }
  });
}

async function read(path: string): Promise<void> {
  known.set(path, known.get(path) ?? []);
  try {
    const file = await call("file.read", { path });
    if (file.isBinary || !known.has(path)) return;
    forget(path);
    const uri = uriOf(path).toString();
    known.set(path, [typescriptDefaults.addExtraLib(file.text, uri), javascriptDefaults.addExtraLib(file.text, uri)]);
    // Going to a definition leaves a model behind that no document owns: it would hide the newer text.
    const model = editor.getModel(uriOf(path));
    if (model !== null && documentOf(path) === undefined) model.setValue(file.text);
  } catch {
    // A file that went away between listing and reading is simply not there to import.
    forget(path);
  }
}

function forget(path: string): void {
  known.get(path)?.forEach((one) => one.dispose());
  known.delete(path);
  if (documentOf(path) === undefined) editor.getModel(uriOf(path))?.dispose();
}

function isCode(path: string): boolean {
  const language = languageOf(path);
  return (language === "typescript" || language === "javascript") && !/(^|\/)(node_modules|\.contrail|\.aws-sam|dist)\//.test(path);
}

interface NavigationTree {
  readonly text: string;
  readonly kind: string;
  readonly spans: readonly { readonly start: number; readonly length: number }[];
  readonly childItems?: readonly NavigationTree[];
}

/** Names of the functions and classes around an offset, outermost first. */
export async function symbolsAt(model: editor.ITextModel, offset: number): Promise<readonly string[]> {
  const worker = await typescriptWorker();
  const client = await worker(model.uri);
  const tree: NavigationTree | undefined = await client.getNavigationTree(model.uri.toString());
  const names: string[] = [];
  const isAround = (node: NavigationTree): boolean => node.spans.some((span) => span.start <= offset && offset <= span.start + span.length);
  for (let node = tree?.childItems?.find(isAround); node !== undefined; node = node.childItems?.find(isAround)) names.push(node.text);
  return names;
}

const WORKER_RETRIES = 100;

/** Monaco throws until the language has been loaded by a first model; asking again shortly after is its documented way. */
async function typescriptWorker(): ReturnType<typeof getTypeScriptWorker> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await getTypeScriptWorker();
    } catch (error) {
      if (attempt === WORKER_RETRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}

/** Opens another file of the project when the person goes to a definition there. */
export function openDefinitionsInTabs(open: (path: string, line: number, column: number) => void): IDisposable {
  return editor.registerEditorOpener({
    openCodeEditor(_source, resource, target) {
      const path = resource.path.slice(1);
      const isOfProject = useProject.getState().project?.files.some((file) => file.path === path) ?? false;
      if (!isOfProject) return false;
      const [line, column] =
        target === undefined
          ? [1, 1]
          : "lineNumber" in target
            ? [target.lineNumber, target.column]
            : [target.startLineNumber, target.startColumn];
      open(path, line, column);
      return true;
    },
  });
}
