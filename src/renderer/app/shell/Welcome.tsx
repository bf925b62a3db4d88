import { FolderOpen, Layers, Plus, TriangleAlert } from "lucide-react";
import icon from "../../../../resources/app/icon.svg";
import type { Session } from "../../../model/studioApi.ts";
import { showDialog } from "../stores/dialogs.ts";
import { openExample, openProject } from "../stores/project.ts";
import { Button } from "../ui/Button.tsx";
import { ResourceTile } from "../ui/ResourceIcon.tsx";
import { StackList } from "./StackList.tsx";

const exampleTiles = [
  "AWS::CloudFront::Distribution",
  "AWS::Serverless::HttpApi",
  "AWS::Serverless::Function",
  "AWS::DynamoDB::Table",
  "AWS::SQS::Queue",
];

/** What a person sees before a project is open: begin, go on, or look at an example. */
export function Welcome({ session }: { session: Session }) {
  return (
    <main className="min-h-0 flex-1 overflow-auto bg-canvas bg-[radial-gradient(circle,var(--canvas-dot)_1px,transparent_1px)] bg-size-[20px_20px]">
      <div className="mx-auto flex min-h-full w-full max-w-[760px] flex-col justify-center gap-7 px-6 py-10">
        <header>
          <img src={icon} alt="" className="mb-3 size-12" />
          <h1 className="text-[26px] leading-8 font-semibold tracking-[-0.02em]">Contrail</h1>
          <p className="mt-1 max-w-[52ch] text-md text-fg-2">
            Draw a serverless system, run it on your own machine, and step through every event.
          </p>
          <div className="mt-4 flex gap-2">
            <Button look="primary" onClick={() => showDialog({ type: "new-project" })}>
              <Plus size={14} />
              New project
            </Button>
            <Button onClick={() => showDialog({ type: "open-folder" })} shortcut="mod+o">
              <FolderOpen size={14} />
              Open folder
            </Button>
          </div>
        </header>
        {session.failedOpen !== null && <FailedOpen {...session.failedOpen} />}
        <div className="grid grid-cols-2 gap-5">
          <section aria-labelledby="recent">
            <h2 id="recent" className="mb-1.5 text-xs font-medium text-fg-3">
              Recent
            </h2>
            <div className="overflow-hidden rounded-[10px] border border-line-strong bg-card shadow-1">
              {session.recent.length === 0 && <p className="px-3 py-3 text-fg-3">Projects that you open are listed here.</p>}
              {session.recent.slice(0, 6).map((one) => (
                <button
                  key={one.path}
                  type="button"
                  onClick={() => void openProject(one.path)}
                  className="block w-full border-b border-line px-3 py-2 text-left last:border-b-0 hover:bg-hover"
                >
                  <span className="block text-md font-medium">{one.name}</span>
                  <span className="block truncate text-xs text-fg-3" title={one.path}>
                    {one.path}
                  </span>
                </button>
              ))}
            </div>
          </section>
          <section aria-labelledby="examples">
            <h2 id="examples" className="mb-1.5 text-xs font-medium text-fg-3">
              Examples, opened as a copy of your own
            </h2>
            <div className="flex flex-col gap-2.5">
              {session.examples.map((example) => (
                <button
                  key={example.id}
                  type="button"
                  onClick={() => void openExample(example.id)}
                  className="rounded-[10px] border border-line-strong bg-card p-3 text-left shadow-1 transition-shadow duration-(--t-base) hover:border-edge hover:shadow-2"
                >
                  <span className="flex items-center gap-1">
                    {exampleTiles.map((type) => (
                      <ResourceTile key={type} type={type} size={20} />
                    ))}
                  </span>
                  <span className="mt-2 block text-md font-semibold">{example.title}</span>
                  <span className="block text-fg-2">{example.description}</span>
                </button>
              ))}
            </div>
          </section>
        </div>
        <p className="text-xs text-fg-3">
          Any folder with a SAM or CloudFormation template opens as it is. Opening writes nothing. Contrail {session.version}
        </p>
      </div>
    </main>
  );
}

/** What the program was started with, and why it is not there. */
function FailedOpen({ path, code, message }: NonNullable<Session["failedOpen"]>) {
  const isChoice = code === "several-stacks";
  return (
    <section role="alert" aria-label="Not opened" className="grid gap-2 rounded-[10px] border border-line-strong bg-card p-3 shadow-1">
      <div className="flex items-start gap-2.5">
        {isChoice ? (
          <Layers size={16} className="mt-0.5 flex-none text-accent" />
        ) : (
          <TriangleAlert size={16} className="mt-0.5 flex-none text-throttled" />
        )}
        <div className="min-w-0">
          <h2 className="text-md font-semibold">{isChoice ? "Choose a stack of this CDK app" : "This could not be opened"}</h2>
          <p className="truncate text-xs text-fg-3" title={path}>
            {path}
          </p>
          {!isChoice && (
            <p data-selectable className="mt-1 break-words text-fg-2">
              {message}
            </p>
          )}
        </div>
        {!isChoice && (
          <Button size="compact" className="ml-auto" onClick={() => void openProject(path)}>
            Try again
          </Button>
        )}
      </div>
      {isChoice && <StackList path={path} />}
    </section>
  );
}
