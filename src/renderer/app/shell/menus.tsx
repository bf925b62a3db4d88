// Menus are lists of command ids: title, shortcut and availability come from the command itself.
import { commandById, isAvailable, runCommand, shortcutOf } from "../commands.ts";
import { openProject } from "../stores/project.ts";
import type { Project, Session } from "../../../model/studioApi.ts";
import { apisToExport, exportOpenApi } from "../../export/exportCommands.ts";
import type { MenuItem } from "../ui/Menu.tsx";
import { t } from "../texts/texts.ts";

const exports = [
  // of the workflow that is in front
  "workflow.export.png",
  "workflow.export.svg",
  "workflow.export.pdf",
  "-",
  "export.png",
  "export.pngTransparent",
  "export.svg",
  "export.pdf",
  "export.mermaid",
  "-",
  "export.openapi",
  "export.cloudformation",
  "-",
  "project.export",
];
const separator: MenuItem = { type: "separator" };

export function mainMenu(): readonly MenuItem[] {
  return [
    submenu(t("Project"), ["project.new", "project.open", "project.welcome", "-", "project.parameters"]),
    submenu(t("Export"), exports),
    submenu(t("File"), ["file.save", "file.saveAll", "file.close", "-", "file.openTemplate"]),
    submenu(t("Edit"), ["edit.undo", "edit.redo", "-", "canvas.rename", "canvas.duplicate", "canvas.delete", "canvas.selectAll"]),
    submenu(t("View"), [
      "view.canvas",
      "view.split",
      "-",
      "view.explorer",
      "view.dock",
      "view.inspector",
      "-",
      "canvas.fit",
      "canvas.zoomIn",
      "canvas.zoomOut",
      "view.minimap",
      "-",
      "present.start",
      "view.projector",
      "view.theme",
    ]),
    submenu(t("Canvas"), [
      "canvas.quickAdd",
      "canvas.addNote",
      "canvas.addFrame",
      "canvas.group",
      "canvas.ungroup",
      "canvas.lock",
      "canvas.tidy",
      "-",
      "canvas.alignLeft",
      "canvas.alignTop",
      "canvas.distributeHorizontally",
      "canvas.distributeVertically",
    ]),
    submenu(t("Run"), [
      "run.start",
      "run.stop",
      "run.restart",
      "-",
      "step.toggle",
      "step.step",
      "step.back",
      "step.continue",
      "-",
      "clock.pause",
      "clock.skip",
      "-",
      "trace.clear",
    ]),
    separator,
    ...commandItems(["view.palette", "help.shortcuts", "view.settings"]),
  ];
}

export function projectMenu(session: Session | null, project: Project | null): readonly MenuItem[] {
  const stacks = (project?.stacks.length ?? 0) > 1 ? (project?.stacks ?? []) : [];
  const stackItems = stacks.map((stack): MenuItem => ({
    type: "action",
    id: stack.path,
    title: stack.name,
    isChecked: stack.path.replaceAll("\\", "/") === `${project?.directory.replaceAll("\\", "/")}/${project?.templatePath}`,
    run: () => void openProject(stack.path),
  }));
  const recent = (session?.recent ?? [])
    .filter((one) => !one.isMissing)
    .slice(0, 8)
    .map((one): MenuItem => ({ type: "action", id: one.path, title: one.name, run: () => void openProject(one.path) }));
  return [
    ...commandItems(["project.new", "project.open", "project.welcome"]),
    ...(stackItems.length > 0
      ? ([separator, { type: "heading", title: t("Stacks of this app") }, ...stackItems] satisfies MenuItem[])
      : []),
    ...(recent.length > 0 ? ([separator, { type: "heading", title: t("Recent") }, ...recent] satisfies MenuItem[]) : []),
  ];
}

export function moreMenu(): readonly MenuItem[] {
  const apis = apisToExport();
  // of several, the menu asks which
  return commandItems([...exports, "-", "project.parameters", "-", "help.shortcuts"]).map((item) =>
    item.type === "action" && item.id === "export.openapi" && apis.length > 1
      ? {
          type: "submenu",
          title: item.title,
          items: apis.map((api): MenuItem => ({ type: "action", id: api, title: api, run: () => exportOpenApi(api) })),
        }
      : item,
  );
}

/** Items for commands by id; `-` is a separator. Commands that are not there (their part is not shown) are left out. */
export function commandItems(ids: readonly string[]): readonly MenuItem[] {
  const items = ids.flatMap((id): MenuItem[] => {
    if (id === "-") return [separator];
    const command = commandById(id);
    if (command === undefined) return [];
    const shortcut = shortcutOf(command);
    return [
      {
        type: "action",
        id,
        title: command.title,
        isDisabled: !isAvailable(command),
        run: () => runCommand(id),
        ...(shortcut === undefined ? {} : { shortcut }),
      },
    ];
  });
  return items.filter(
    (item, index) => item.type !== "separator" || (index > 0 && index < items.length - 1 && items[index - 1]?.type !== "separator"),
  );
}

function submenu(title: string, ids: readonly string[]): MenuItem {
  return { type: "submenu", title, items: commandItems(ids) };
}
