import type { Command } from "../app/commands.ts";
import { useLayout } from "../app/stores/layout.ts";
import { t } from "../app/texts/texts.ts";
import type { WorkflowPicture } from "../workflow/workflowLayout.ts";
import { exported } from "./exportCommands.ts";

/** Of the workflow that is in front. */
export function workflowExports(machine: string, picture: WorkflowPicture): readonly Command[] {
  const when = (): boolean => useLayout.getState().activeTab === `workflow:${machine}`;
  const load = () => import("./workflowPicture.tsx");
  return [
    {
      id: "workflow.export.png",
      title: t("Export the workflow as PNG"),
      group: "Project",
      when,
      keywords: ["picture", "image", "share"],
      run: () => void exported("PNG", "png", async () => (await load()).workflowAsPng(machine, picture), machine),
    },
    {
      id: "workflow.export.svg",
      title: t("Export the workflow as SVG"),
      group: "Project",
      when,
      keywords: ["picture", "image", "share", "vector"],
      run: () =>
        void exported(
          "SVG",
          "svg",
          async () => new Blob([await (await load()).workflowAsSvg(machine, picture)], { type: "image/svg+xml" }),
          machine,
        ),
    },
    {
      id: "workflow.export.pdf",
      title: t("Export the workflow as PDF"),
      group: "Project",
      when,
      keywords: ["print", "page", "share", "paper"],
      run: () => void exported("PDF", "pdf", async () => (await load()).workflowAsPdf(machine, picture), machine),
    },
  ];
}
