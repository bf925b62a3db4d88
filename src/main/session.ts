import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../model/problem.ts";
import type { CodeChange, DeployDifference, ObservedCall } from "../model/run.ts";
import {
  type HistoryEntry,
  type Project,
  type ProjectFile,
  type ProjectSettings,
  type RunState,
  type Session,
  StudioError,
  type StudioEvents,
} from "../model/studioApi.ts";
import type { SpanSummary } from "../model/trace.ts";
import { createRuntime, DeployError, type Deployment, type Runtime, type RuntimeOptions } from "../runtime/index.ts";
import { createClientSockets } from "./clientSockets.ts";
import type { TemplateOptions } from "./commands/loadTemplate.ts";
import { readProjectFile, versionOf, whyNotText, writeProjectFile } from "./project/files.ts";
import { manifestName } from "./project/cloudAssembly.ts";
import { currentLocation, locateProject, type ProjectLocation, readProjectTemplate, writeProjectTemplate } from "./project/locate.ts";
import { projectRelative } from "./project/paths.ts";
import { canvasPath, readCanvas, readProject } from "./project/project.ts";
import { samConfigNames } from "./project/samConfig.ts";
import { type GivenSettings, type Settings, settingsOf } from "./project/settings.ts";
import { watchProject } from "./project/watch.ts";
import { parametersOf, rememberParameters, rememberProject } from "./userFolder.ts";
import { said, words, wordsOf } from "../model/words.ts";

type Listener = <E extends keyof StudioEvents>(event: E, data: StudioEvents[E]) => void;

export interface SessionOptions {
  readonly runtime?: Partial<RuntimeOptions>;
  /** From the command line: before what the project says of itself. */
  readonly settings?: GivenSettings;
  log(line: string): void;
}

/** One open project with its runtime: what every window of the Studio sees. */
export class StudioSession {
  readonly options: SessionOptions;
  readonly history: HistoryEntry[] = [];
  readonly sockets = createClientSockets((change) => this.emit("socket.changed", change));
  runState: RunState = { type: "stopped" };
  runtime: Runtime | null = null;
  private location: ProjectLocation | null = null;
  /** As it could last be read. */
  private lastTemplate: ProjectFile | null = null;
  /** Given by hand, where they differ from what the project says of itself. */
  private parameters: Record<string, string> = {};
  failedOpen: Session["failedOpen"] = null;
  /** The command line names a stack of the project that it opens, not of others opened later. */
  private given: GivenSettings | undefined;
  private readonly listeners = new Set<Listener>();
  private stopWatching: (() => Promise<void>) | null = null;
  private deploying: Promise<void> = Promise.resolve();
  private lastDeployed = "";
  /** Files beside the template whose change makes a deploy due. */
  private deployedFiles: readonly string[] = [];
  /** Of the last deploy, and of the code as it is built since. */
  private problems: readonly Problem[] = [];
  /** By what they are, since the runtime began. */
  private readonly observed = new Map<string, ObservedCall>();

  constructor(options: SessionOptions) {
    this.options = options;
    this.given = options.settings;
  }

  onEvent(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit<E extends keyof StudioEvents>(event: E, data: StudioEvents[E]): void {
    for (const listener of this.listeners) listener(event, data);
  }

  /** The open project's folder; refused while none is open. */
  get directory(): string {
    return this.requireLocation().directory;
  }

  get hasProject(): boolean {
    return this.location !== null;
  }

  /** What a command would be given to see the project as it is open here. */
  get commandLine(): { readonly target: string; readonly options: TemplateOptions } {
    const { target } = this.requireLocation();
    return { target, options: { ...this.given, parameter: { ...this.given?.parameters, ...this.parameters } } };
  }

  async project(): Promise<Project> {
    const location = this.requireLocation();
    const template = await this.template(location);
    return { ...(await readProject(location)), template, ...(await this.projectSettings(template.text)) };
  }

  /** The page may be loaded anew while the template is gone or damaged: then the last one that could be read. */
  private async template(location: ProjectLocation): Promise<Project["template"]> {
    const known = this.lastTemplate;
    const found = await readProjectTemplate(location).catch((error: unknown) => {
      if (known === null || !(error instanceof StudioError)) throw error;
      return { ...known, version: null };
    });
    if (found.version !== null && !found.isBinary) this.lastTemplate = { ...found, version: found.version };
    return found.isBinary && known !== null ? { ...found, text: known.text } : found;
  }

  async readFile(file: string): Promise<ProjectFile> {
    const location = this.requireLocation();
    if (file !== location.templatePath) return await readProjectFile(location.directory, file);
    const template = await readProjectTemplate(location);
    if (!template.isBinary) this.lastTemplate = template;
    return template;
  }

  async writeFile(file: string, text: string, baseVersion: string | null): Promise<{ version: string }> {
    const location = this.requireLocation();
    return await (file === location.templatePath
      ? writeProjectTemplate(location, text, baseVersion)
      : writeProjectFile(location.directory, file, text, baseVersion));
  }

  /** Opens a folder or a template; reads only. The project open before is stopped; one that cannot be read leaves it as it is. */
  async open(target: string): Promise<Project> {
    try {
      const location = await locateProject(target, this.given?.stackName);
      const template = await readProjectTemplate(location);
      if (template.isBinary) throw new StudioError("not-a-template", whyNotText(template));
      return await this.adopt(location, template);
    } catch (error) {
      this.failedOpen = {
        path: path.resolve(target),
        code: error instanceof StudioError ? error.code : "failed",
        ...said(wordsOf(error)),
      };
      throw error;
    }
  }

  private async adopt(location: ProjectLocation, template: ProjectFile): Promise<Project> {
    const hadProject = this.hasProject;
    await this.closeProject();
    if (hadProject) this.given = { ...this.given, stackName: undefined };
    this.location = location;
    this.failedOpen = null;
    this.lastTemplate = template;
    this.parameters = parametersOf(location.target);
    const project = await this.project();
    this.stopWatching = watchProject(location.directory, (paths) => {
      this.filesChanged(paths).catch((error: unknown) => this.options.log(`After a change of files: ${messageOf(error)}`));
    });
    rememberProject({ name: project.name, path: location.target });
    this.emit("project.opened", project);
    return project;
  }

  /** What equals the project's own value is not kept, so that a change of samconfig.toml still tells. */
  async setParameters(parameters: Record<string, string>): Promise<ProjectSettings> {
    const location = this.requireLocation();
    const { text } = await readProjectTemplate(location);
    const own = (await settingsOf(location, text, this.given, {})).parameters;
    this.parameters = Object.fromEntries(Object.entries(parameters).filter(([name, value]) => own[name] !== value));
    rememberParameters(location.target, this.parameters);
    if (this.runtime !== null) await this.deploy();
    return await this.projectSettings(text);
  }

  /** Starts the runtime if it is not there and deploys; problems are told by `run.changed`, not thrown. */
  async run(): Promise<void> {
    const directory = this.directory;
    if (this.runtime === null) {
      this.setRunState({ type: "deploying", since: Date.now(), message: "Starting the runtime" });
      try {
        const dataDirectory = this.dataFolder(directory);
        const { region, accountId } = await this.settings();
        this.runtime = await createRuntime({ dataDirectory, region, accountId, log: this.options.log, ...this.options.runtime });
      } catch (error) {
        this.setRunState({ type: "failed", ...said(wordsOf(error)), problems: [], isServing: false });
        throw error;
      }
      this.forward(this.runtime);
    }
    await this.deploy();
  }

  /** Brings the running stack in step with the files; one deploy at a time, the last state wins. */
  deploy(): Promise<void> {
    this.deploying = this.deploying.then(() => this.deployNow());
    return this.deploying;
  }

  async difference(): Promise<DeployDifference> {
    const runtime = this.requireRuntime();
    return await runtime.difference(await this.deployment());
  }

  async stop(): Promise<void> {
    const runtime = this.runtime;
    this.runtime = null;
    this.observed.clear();
    this.lastDeployed = "";
    await this.deploying;
    await runtime?.close();
    this.setRunState({ type: "stopped" });
  }

  async close(): Promise<void> {
    await this.closeProject();
    this.listeners.clear();
  }

  requireRuntime(): Runtime {
    if (this.runtime === null) throw new StudioError("not-running", words("The design is not running. Press Run first."));
    return this.runtime;
  }

  private async closeProject(): Promise<void> {
    await this.stopWatching?.();
    this.stopWatching = null;
    await this.stop();
    this.location = null;
    this.history.length = 0;
  }

  private async deployment(): Promise<Deployment> {
    const location = await currentLocation(this.requireLocation());
    const { directory, templatePath, stack } = location;
    const template = await readProjectTemplate(location);
    if (template.isBinary) throw new StudioError("not-a-template", whyNotText(template));
    const { stackName, parameters } = await this.settings(template.text);
    return {
      stackName,
      projectDirectory: directory,
      templatePath,
      templateText: template.text,
      parameters,
      ...(stack !== undefined && { assets: stack.assets }),
    };
  }

  private async settings(templateText?: string): Promise<Settings> {
    const location = this.requireLocation();
    const text = templateText ?? (await readProjectTemplate(location)).text;
    return await settingsOf(location, text, this.given, this.parameters);
  }

  private async projectSettings(templateText: string): Promise<ProjectSettings> {
    const { parameters, parameterSources, problems } = await this.settings(templateText);
    return { parameters, ownParameters: this.parameters, parameterSources, settingsProblems: problems };
  }

  private requireLocation(): ProjectLocation {
    if (this.location === null) throw new StudioError("no-project", words("No project is open. Open a folder or an example first."));
    return this.location;
  }

  private async deployNow(): Promise<void> {
    const runtime = this.runtime;
    if (runtime === null) return;
    const wasServing = this.lastDeployed !== "";
    try {
      const deployment = await this.deployment();
      const files = await Promise.all(this.deployedFiles.map((file) => versionAt(deployment.projectDirectory, file)));
      const identity = versionOf(Buffer.from(JSON.stringify([deployment.templateText, deployment.parameters, files])));
      if (identity === this.lastDeployed && this.runState.type === "running") return;
      this.setRunState({ type: "deploying", since: Date.now(), message: "Deploying" });
      const result = await runtime.deploy(deployment);
      this.lastDeployed = identity;
      this.deployedFiles = result.files;
      this.problems = result.problems;
      this.setRunState({
        type: "running",
        endpoint: runtime.endpoint,
        region: runtime.region,
        accountId: runtime.accountId,
        urls: runtime.urls(),
        resources: runtime.kernel.resources.all(),
        lastDifference: result.difference,
        outputs: result.outputs,
        observed: [...this.observed.values()],
        problems: this.problems,
      });
    } catch (error) {
      const ofDeploy = error instanceof DeployError ? error.problems : [];
      this.problems = [...ofDeploy, ...(wasServing ? this.problems.filter(isOfCode) : [])];
      this.setRunState({ type: "failed", ...said(wordsOf(error)), problems: this.problems, isServing: wasServing });
    }
  }

  private setRunState(state: RunState): void {
    this.runState = state;
    this.emit("run.changed", state);
  }

  private observe(ended: readonly SpanSummary[]): void {
    const before = this.observed.size;
    for (const { kind, service, operation, actor, target } of ended) {
      const from = kind === "operation" && actor.type === "resource" ? actor.resource.logicalId : undefined;
      const to = target?.logicalId;
      if (from === undefined || to === undefined) continue;
      const key = `${from} ${to} ${service} ${operation}`;
      if (!this.observed.has(key)) this.observed.set(key, { from, to, service, operation });
    }
    if (this.observed.size > before && this.runState.type === "running")
      this.setRunState({ ...this.runState, observed: [...this.observed.values()] });
  }

  private forward(runtime: Runtime): void {
    runtime.traces.onSpans((batch) => {
      this.emit("spans", batch);
      // a resource made over the API shows up as soon as the call that made it has ended
      if (this.runState.type === "running" && this.runState.resources.length !== runtime.kernel.resources.all().length) {
        this.setRunState({ ...this.runState, resources: runtime.kernel.resources.all() });
      }
      this.observe(batch.ended);
    });
    runtime.traces.onMetrics((metrics) => this.emit("metrics", metrics));
    runtime.clock.onChange((state) => this.emit("clock.changed", state));
    runtime.debugger.onChange((state) => this.emit("debug.changed", state));
    this.emit("clock.changed", runtime.clock.state());
    this.emit("debug.changed", runtime.debugger.state());
  }

  /** A deploy that failed may have missed any document: the next one to change is worth a try. */
  private goesIntoStack(file: string, templatePath: string): boolean {
    return (
      file === templatePath ||
      [manifestName, ...samConfigNames].includes(file) ||
      this.deployedFiles.includes(file) ||
      (this.runState.type === "failed" && /\.(ya?ml|json)$/i.test(file))
    );
  }

  private async filesChanged(absolutePaths: readonly string[]): Promise<void> {
    const location = this.location;
    if (location === null) return;
    const changed = await Promise.all(
      absolutePaths.map(async (absolute) => {
        const relative = projectRelative(location.directory, absolute);
        return { path: relative, version: await versionAt(location.directory, relative) };
      }),
    );
    this.emit("files.changed", changed);
    if (changed.some((file) => file.path === canvasPath)) this.emit("canvas.changed", await readCanvas(location.directory));
    if (changed.some((file) => samConfigNames.includes(file.path))) this.emit("project.opened", await this.project());
    if (this.runtime === null) return;
    if (changed.some((file) => this.goesIntoStack(file.path, location.templatePath))) await this.deploy();
    const others = absolutePaths.filter((absolute) => projectRelative(location.directory, absolute) !== location.templatePath);
    // the deploy took its time: the runtime may have been stopped meanwhile
    const runtime: Runtime | null = this.runtime;
    if (runtime === null || others.length === 0) return;
    const changes = await runtime.codeChanged(others);
    if (changes.length > 0) this.codeBuilt(changes);
  }

  /** `.contrail/data`, with a .gitignore of its own so that no project needs to know of it; undefined: nothing can be kept there. */
  private dataFolder(directory: string): string | undefined {
    const folder = path.join(directory, ".contrail", "data");
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, ".gitignore"), "*\n");
      return folder;
    } catch (error) {
      this.options.log(`${folder} cannot be written (${messageOf(error)}): tables, queues and traces last only until Contrail ends.`);
      return undefined;
    }
  }

  private codeBuilt(changes: readonly CodeChange[]): void {
    this.emit("run.codeChanged", changes);
    const built = new Set(changes.map((change) => change.logicalId));
    this.problems = [
      ...this.problems.filter((problem) => !isOfCode(problem) || problem.resource === undefined || !built.has(problem.resource)),
      ...changes.flatMap((change) => change.problems),
    ];
    if (this.runState.type === "running" || this.runState.type === "failed")
      this.setRunState({ ...this.runState, problems: this.problems });
  }
}

async function versionAt(directory: string, relative: string): Promise<string | null> {
  return await readProjectFile(directory, relative).then(
    (file) => file.version,
    () => null,
  );
}

/** Found by building a function's code: goes when the code is mended, not with the next deploy. */
function isOfCode(problem: Problem): boolean {
  return problem.rule.startsWith("code.");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
