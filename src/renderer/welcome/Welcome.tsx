import { ArrowLeft, FolderOpen, Layers, Plus, TriangleAlert } from "lucide-react";
import icon from "../../../resources/app/icon.svg";
import type { Project, Session } from "../../model/studioApi.ts";
import { StackList } from "../app/shell/StackList.tsx";
import { showDialog } from "../app/stores/dialogs.ts";
import { openProject, showWelcome } from "../app/stores/project.ts";
import { Button } from "../app/ui/Button.tsx";
import { Gallery } from "./Gallery.tsx";
import { RecentProjects } from "./RecentProjects.tsx";
import { t } from "../app/texts/texts.ts";
import { problemText } from "../app/texts/words.ts";

/** Where a person begins: a new project, one of before, or an example. With a project open, the way back to it too. */
export function Welcome({ session, project }: { session: Session; project: Project | null }) {
  return (
    <main className="flex min-h-0 flex-1">
      <div className="flex w-[300px] flex-none flex-col gap-6 overflow-auto border-r border-line bg-panel px-6 py-6">
        <header>
          <img src={icon} alt="" className="mb-3 size-11" />
          <h1 className="text-[24px] leading-7 font-semibold tracking-[-0.02em]">Contrail</h1>
          <p className="mt-1.5 text-md text-fg-2">
            {t("Draw a serverless system, run it on your own machine, and step through every event.")}
          </p>
        </header>
        <div className="grid gap-2">
          {project !== null && (
            <Button look="primary" className="min-w-0 flex-initial" onClick={() => showWelcome(false)}>
              <ArrowLeft size={14} />
              <span className="truncate">{t("Back to {{name}}", { name: project.name })}</span>
            </Button>
          )}
          <Button look={project === null ? "primary" : "plain"} onClick={() => showDialog({ type: "new-project" })}>
            <Plus size={14} />
            {t("New project")}
          </Button>
          <Button onClick={() => showDialog({ type: "open-folder" })} shortcut="mod+o">
            <FolderOpen size={14} />
            {t("Open folder")}
          </Button>
        </div>
        {session.failedOpen !== null && project === null && <FailedOpen {...session.failedOpen} />}
        <RecentProjects known={session.recent} />
        <p className="mt-auto text-xs text-fg-3">
          {t("Any folder with a SAM or CloudFormation template opens as it is. Opening writes nothing. Contrail {{version}}", {
            version: session.version,
          })}
        </p>
      </div>
      <Gallery examples={session.examples} />
    </main>
  );
}

/** What the program was started with, and why it is not there. */
function FailedOpen({ path, code, ...failure }: NonNullable<Session["failedOpen"]>) {
  const isChoice = code === "several-stacks";
  return (
    <section role="alert" aria-label={t("Not opened")} className="grid gap-2 rounded-[10px] border border-line-strong bg-card p-3 shadow-1">
      <div className="flex items-start gap-2.5">
        {isChoice ? (
          <Layers size={16} className="mt-0.5 flex-none text-accent" />
        ) : (
          <TriangleAlert size={16} className="mt-0.5 flex-none text-throttled" />
        )}
        <div className="min-w-0">
          <h2 className="text-md font-semibold">{isChoice ? t("Choose a stack of this CDK app") : t("This could not be opened")}</h2>
          <p className="truncate text-xs text-fg-3" title={path}>
            {path}
          </p>
        </div>
      </div>
      {!isChoice && (
        <p data-selectable className="break-words text-fg-2">
          {problemText(failure)}
        </p>
      )}
      {!isChoice && (
        <Button size="compact" className="justify-self-start" onClick={() => void openProject(path)}>
          {t("Try again")}
        </Button>
      )}
      {isChoice && <StackList path={path} />}
    </section>
  );
}
