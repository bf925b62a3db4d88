import { X } from "lucide-react";
import { useEffect, useState } from "react";
import type { RecentProject } from "../../model/studioApi.ts";
import { call } from "../app/api.ts";
import { formatAgo } from "../app/format.ts";
import { attempt } from "../app/stores/notices.ts";
import { openProject } from "../app/stores/project.ts";
import { classes } from "../app/ui/classes.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { t } from "../app/texts/texts.ts";

/** What was open last; what is not there any more says so and can be taken off the list. */
export function RecentProjects({ known }: { known: readonly RecentProject[] }) {
  const [projects, setProjects] = useState(known);
  const [now] = useState(() => Date.now());
  useEffect(() => {
    void attempt(t("List recent projects"), async () => setProjects(await call("project.recent", {})));
  }, []);
  const forget = (path: string): void =>
    void attempt(t("Take a project off the list"), async () => setProjects(await call("project.forgetRecent", { path })));

  return (
    <section aria-labelledby="recent" className="min-h-0">
      <h2 id="recent" className="mb-1 text-xs font-medium text-fg-3">
        {t("Recent")}
      </h2>
      {projects.length === 0 && <p className="py-1.5 text-fg-3">{t("Projects that you open are listed here.")}</p>}
      <ul className="-mx-2">
        {projects.map((project) => (
          <li key={project.path} className="group relative flex items-center rounded-md hover:bg-hover">
            <button
              type="button"
              disabled={project.isMissing}
              onClick={() => void openProject(project.path)}
              onKeyDown={(event) => {
                if (event.key === "Delete") forget(project.path);
              }}
              title={project.path}
              className="min-w-0 flex-1 rounded-md py-1.5 pr-8 pl-2 text-left"
            >
              <span className="flex items-baseline gap-2">
                <span className={classes("truncate text-md font-medium", project.isMissing && "text-fg-3 line-through")}>
                  {project.name}
                </span>{" "}
                <span className={classes("ml-auto flex-none text-xs", project.isMissing ? "text-throttled" : "text-fg-3")}>
                  {project.isMissing ? t("not there any more") : formatAgo(project.openedAt, now)}
                </span>
              </span>{" "}
              <span className="block truncate text-xs text-fg-3">{project.path}</span>
            </button>
            <IconButton
              label={t("Take {{name}} off the list", { name: project.name })}
              size={20}
              className={classes(
                "absolute right-1.5 bottom-1.5 focus-visible:opacity-100 group-hover:opacity-100",
                !project.isMissing && "opacity-0",
              )}
              onClick={() => forget(project.path)}
            >
              <X size={12} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
