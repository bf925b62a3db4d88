import { designMermaid } from "../../model/export/mermaid.ts";
import type { StudioInput } from "../../model/studioApi.ts";
import { call } from "../app/api.ts";
import type { Command } from "../app/commands.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { useDesign } from "../app/stores/design.ts";
import { documentOf, isDirty, useDocuments } from "../app/stores/documents.ts";
import { attempt, notify } from "../app/stores/notices.ts";
import { useProject } from "../app/stores/project.ts";
import { useSelection } from "../app/stores/selection.ts";
import { download } from "./download.ts";
import { designAsPng, designAsSvg, designTitle } from "./picture.ts";
import { perLanguage, t } from "../app/texts/texts.ts";
import { designInLanguage } from "../app/texts/words.ts";

/** Types of which an OpenAPI document can be made. */
const apiTypes = new Set(["AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"]);

const hasProject = (): boolean => useProject.getState().project !== null;
const hasDesign = (): boolean => useDesign.getState().design.resources.length > 0;
const hasApi = (): boolean => apisToExport().length > 0;

export const exportCommands = perLanguage((): readonly Command[] => [
  {
    id: "export.png",
    title: t("Export the design as PNG"),
    group: "Project",
    when: hasDesign,
    keywords: ["picture", "image", "share"],
    run: () => void exported("PNG", "png", () => designAsPng()),
  },
  {
    id: "export.pngTransparent",
    title: t("Export the design without ground, as PNG"),
    group: "Project",
    when: hasDesign,
    keywords: ["picture", "image", "share", "transparent", "slide"],
    run: () => void exported("PNG", "png", () => designAsPng({ ground: "none" })),
  },
  {
    id: "export.pdf",
    title: t("Export the design as PDF"),
    group: "Project",
    when: hasDesign,
    keywords: ["print", "page", "share", "paper"],
    run: () => void exported("PDF", "pdf", async () => (await import("./designPdf.ts")).designAsPdf()),
  },
  {
    id: "export.svg",
    title: t("Export the design as SVG"),
    group: "Project",
    when: hasDesign,
    keywords: ["picture", "image", "share", "vector"],
    run: () => void exported("SVG", "svg", async () => new Blob([await designAsSvg()], { type: "image/svg+xml" })),
  },
  {
    id: "export.mermaid",
    title: t("Export the design as Mermaid"),
    group: "Project",
    when: hasDesign,
    keywords: ["diagram", "markdown", "share"],
    run: () =>
      void exported("Mermaid", "mmd", async () =>
        textBlob(designMermaid(designInLanguage(useDesign.getState().design), useCanvasFile.getState().canvas, lookOf)),
      ),
  },
  {
    id: "export.openapi",
    title: t("Export an API as OpenAPI"),
    group: "Project",
    when: hasApi,
    keywords: ["swagger", "share"],
    run: () => {
      const api = chosenApi();
      if (api === undefined) {
        const names = apisToExport().join(", ");
        notify({
          tone: "info",
          title: t("Which API?"),
          detail: t("Select one of {{names}} on the canvas, or choose it in the Export menu.", { names }),
        });
      } else exportOpenApi(api);
    },
  },
  {
    id: "export.cloudformation",
    title: t("Export as resolved CloudFormation"),
    group: "Project",
    when: hasProject,
    keywords: ["sam", "transform", "share"],
    run: () => void exported("CloudFormation", "cloudformation.json", () => fromServer({ format: "cloudformation" })),
  },
  {
    id: "project.export",
    title: t("Copy the template"),
    group: "Project",
    when: hasProject,
    keywords: ["export", "share", "clipboard"],
    run: () => {
      const { templatePath } = useDocuments.getState();
      const text = templatePath === null ? undefined : documentOf(templatePath)?.text;
      if (text === undefined) return;
      void attempt(t("Copy the template"), async () => {
        await navigator.clipboard.writeText(text);
        notify({ tone: "ok", title: t("Template copied") });
      });
    },
  },
]);

/** After which it is said that something is going on. */
const patienceMilliseconds = 1_000;

export async function exported(what: string, ending: string, make: () => Promise<Blob>, name?: string): Promise<void> {
  await attempt(t("Export {{what}}", { what }), async () => {
    const file = `${name ?? designTitle()}.${ending}`;
    const slow = setTimeout(() => notify({ tone: "info", title: t("{{file}} is being made…", { file }) }), patienceMilliseconds);
    try {
      download(file, await make());
    } finally {
      clearTimeout(slow);
    }
    notify({ tone: "ok", title: t("{{file}} is made", { file }) });
  });
}

/** The server has the files that the template names; it takes the template as it is saved. */
async function fromServer(input: StudioInput<"project.export">): Promise<Blob> {
  const { templatePath } = useDocuments.getState();
  if (templatePath !== null && isDirty(documentOf(templatePath)))
    throw new Error(t("{{templatePath}} has unsaved changes. Save it first: what is exported is made from the file.", { templatePath }));
  return textBlob((await call("project.export", input)).text);
}

function textBlob(text: string): Blob {
  return new Blob([text], { type: "text/plain" });
}

export function exportOpenApi(api: string): void {
  void exported("OpenAPI", "openapi.json", () => fromServer({ format: "openapi", api }), api);
}

/** Logical IDs of those of which an OpenAPI document can be made. */
export function apisToExport(): readonly string[] {
  return useDesign
    .getState()
    .design.resources.filter(({ type, effectiveProperties }) => apiTypes.has(type) && effectiveProperties["ProtocolType"] !== "WEBSOCKET")
    .map(({ id }) => id);
}

/** The selected one, or the only one. */
function chosenApi(): string | undefined {
  const all = apisToExport();
  const selected = useSelection.getState().resources.find((id) => all.includes(id));
  return selected ?? (all.length === 1 ? all[0] : undefined);
}
