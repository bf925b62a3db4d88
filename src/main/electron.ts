import { randomBytes } from "node:crypto";
import path from "node:path";
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  type MenuItemConstructorOptions,
  nativeTheme,
  session as electronSession,
  shell,
} from "electron";
import { appFolder, appVersion } from "./appFolder.ts";
import { openableExample } from "./examples.ts";
import { copyProject } from "./project/copy.ts";
import { StudioSession } from "./session.ts";
import { startStudioServer, type StudioServer } from "./studioServer.ts";
import { recentProjects } from "./userFolder.ts";

// The desktop window: menus, dialogs, recent projects. Thin, because everything else runs headless too.

const studio = new StudioSession({ log: (line) => console.error(line) });
let server: StudioServer | undefined;
let window: BrowserWindow | undefined;
let fileToOpen: string | undefined;

if (!app.requestSingleInstanceLock()) app.quit();
else {
  app.enableSandbox();
  app.on("second-instance", (_event, argv, workingDirectory) => {
    focusWindow();
    const target = projectArgument(argv);
    if (target !== undefined) void openProject(path.resolve(workingDirectory, target));
  });
  // macOS names a double-clicked template so, perhaps before there is a window
  app.on("open-file", (event, file) => {
    event.preventDefault();
    if (window === undefined) fileToOpen = file;
    else void openProject(file);
  });
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", closeOnce);
  app.on("web-contents-created", (_event, contents) => lockDown(contents));
  await app.whenReady();
  await startWindow();
}

async function startWindow(): Promise<void> {
  denyPermissions();
  server = await startStudioServer({
    session: studio,
    shell: { kind: "electron", version: appVersion() },
    port: 0,
    rendererDirectory: path.join(appFolder(), "out", "renderer"),
    token: randomBytes(24).toString("base64url"),
  });
  setupMenu();
  window = createWindow();
  await window.loadURL(server.url);
  studio.onEvent((event, data) => {
    if (event !== "project.opened") return;
    const { name, directory } = data as { name: string; directory: string };
    window?.setTitle(`${name} · Contrail`);
    app.addRecentDocument(directory);
    setupMenu();
  });
  await openProject(
    fileToOpen ??
      projectArgument(process.argv) ??
      recentProjects().find((project) => !project.isMissing)?.path ??
      (await openableExample("orders")),
  );
}

function createWindow(): BrowserWindow {
  const created = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: "Contrail",
    // macOS takes it from the package
    icon: path.join(appFolder(), "resources/app/icon.png"),
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#111216" : "#f8f9fa",
    webPreferences: {
      preload: path.join(import.meta.dirname, "../preload/preload.cjs"),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  created.once("ready-to-show", () => created.show());
  created.on("closed", () => (window = undefined));
  return created;
}

/** The page may go nowhere but to the Studio server; links to the world open in the user's browser. */
function lockDown(contents: Electron.WebContents): void {
  const isStudio = (url: string): boolean => server !== undefined && new URL(url).origin === new URL(server.url).origin;
  contents.on("will-navigate", (event) => {
    if (!isStudio(event.url)) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (/^https?:/.test(url)) void shell.openExternal(url);
    return { action: "deny" };
  });
}

function denyPermissions(): void {
  const allowed = new Set(["clipboard-sanitized-write"]);
  electronSession.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(allowed.has(permission)));
  electronSession.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed.has(permission));
}

function setupMenu(): void {
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
    click: () => studio.emit("command", { id }),
  });
  const recent = recentProjects().map((project) => ({
    label: project.name,
    sublabel: project.path,
    click: () => void openProject(project.path),
  }));
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    {
      label: "File",
      submenu: [
        { label: "Open Folder…", accelerator: "CmdOrCtrl+O", click: () => void chooseProject() },
        { label: "Open Recent", submenu: recent.length > 0 ? recent : [{ label: "Nothing opened yet", enabled: false }] },
        { type: "separator" },
        command("Save", "file.save", "CmdOrCtrl+S"),
        { label: "Save Project As…", accelerator: "CmdOrCtrl+Shift+S", click: () => void saveProjectAs() },
        { type: "separator" },
        process.platform === "darwin" ? { role: "close" } : { role: "quit" },
      ],
    },
    { role: "editMenu" },
    {
      label: "Run",
      submenu: [
        command("Run", "run.start", "CmdOrCtrl+Enter"),
        command("Stop", "run.stop", "Shift+F5"),
        command("Step", "step.step", "F10"),
      ],
    },
    {
      label: "View",
      submenu: [
        command("Command Palette…", "view.palette", "CmdOrCtrl+K"),
        { type: "separator" },
        { role: "togglefullscreen" },
        { role: "toggleDevTools" },
      ],
    },
    { role: "windowMenu" },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function chooseProject(): Promise<void> {
  const options = {
    title: "Open a project folder or template",
    properties: ["openFile" as const, "openDirectory" as const],
    filters: [{ name: "Templates", extensions: ["yaml", "yml", "json"] }],
  };
  const { filePaths } = await (window === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  if (filePaths[0] !== undefined) await openProject(filePaths[0]);
}

async function openProject(target: string): Promise<void> {
  try {
    await studio.open(target);
  } catch (error) {
    dialog.showErrorBox("This project cannot be opened", messageOf(error));
    return;
  }
  // what keeps it from running is told in the Studio, with the places to mend
  await studio.run().catch((error: unknown) => console.error(`contrail: ${messageOf(error)}`));
}

/** The whole project goes to another folder, which is then the open one; what was run with stays behind. */
async function saveProjectAs(): Promise<void> {
  const { directory, templatePath, name } = await studio.project();
  const options = { title: "Save the project as", defaultPath: path.join(path.dirname(directory), `${name} copy`), buttonLabel: "Save" };
  const { filePath } = await (window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
  if (filePath === "") return;
  try {
    await copyProject(directory, filePath);
  } catch (error) {
    dialog.showErrorBox("The project cannot be saved there", messageOf(error));
    return;
  }
  await openProject(path.join(filePath, templatePath));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A folder or template named on the command line, by the file manager or by a file association. */
function projectArgument(argv: readonly string[]): string | undefined {
  return argv.slice(app.isPackaged ? 1 : 2).find((argument) => !argument.startsWith("-"));
}

function focusWindow(): void {
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

let isClosed = false;
/** Quitting waits for the runtime, so that no function process outlives the window. */
function closeOnce(event: Electron.Event): void {
  if (isClosed) return;
  event.preventDefault();
  isClosed = true;
  void Promise.allSettled([server?.close(), studio.close()]).then(() => app.quit());
}
