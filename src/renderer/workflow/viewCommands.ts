// Looking around in the workflow that is in front: fit, zoom, and walking from state to state with the arrow keys.
import type { Command } from "../app/commands.ts";
import { useLayout } from "../app/stores/layout.ts";
import type { WorkflowPicture } from "./workflowLayout.ts";
import { chooseInWorkflow, workflowChoice } from "./workflowStore.ts";
import { fitWhole, type View } from "./workflowView.ts";
import { directionTitles } from "../canvas/walking.ts";
import { t } from "../app/texts/texts.ts";

const walks = [
  ["arrowup", "up", 0, -1],
  ["arrowdown", "down", 0, 1],
  ["arrowleft", "left", -1, 0],
  ["arrowright", "right", 1, 0],
] as const;

export function viewCommands(machine: string, flow: View, picture: WorkflowPicture): readonly Command[] {
  const when = (): boolean => useLayout.getState().activeTab === `workflow:${machine}`;
  return [
    { id: "workflow.fit", title: t("Fit the workflow"), group: "Canvas", shortcut: "1", when, run: () => fitWhole(flow, picture) },
    {
      id: "workflow.zoomIn",
      title: t("Zoom into the workflow"),
      group: "Canvas",
      shortcut: ["+", "="],
      when,
      run: () => void flow.zoomIn(),
    },
    { id: "workflow.zoomOut", title: t("Zoom out of the workflow"), group: "Canvas", shortcut: "-", when, run: () => void flow.zoomOut() },
    ...walks.map(([shortcut, direction, x, y]): Command => ({
      id: `workflow.walk.${direction}`,
      title: t("Go to the state {{direction}}", { direction: directionTitles()[direction] }),
      group: "Canvas",
      shortcut,
      when,
      run: () => walk(machine, flow, picture, x, y),
    })),
  ];
}

/** To the nearest state in that direction, straight ahead before aside; brought into view. */
function walk(machine: string, flow: View, picture: WorkflowPicture, x: number, y: number): void {
  const here = picture.states.find(({ state }) => state.id === workflowChoice(machine).state);
  const next =
    here === undefined
      ? picture.states.toSorted((a, b) => a.box.y - b.box.y)[0]
      : picture.states
          .flatMap((one) => {
            const across = one.box.x + one.box.width / 2 - here.box.x - here.box.width / 2;
            const down = one.box.y - here.box.y;
            const ahead = across * x + down * y;
            return ahead > 8 ? [{ one, cost: ahead + 2 * Math.abs(across * y + down * x) }] : [];
          })
          .toSorted((a, b) => a.cost - b.cost)[0]?.one;
  if (next === undefined) return;
  chooseInWorkflow(machine, { state: next.state.id, way: null });
  const { x: left, y: top, width, height } = next.box;
  void flow.setCenter(left + width / 2, top + height / 2, { duration: 160, zoom: flow.getZoom() });
}
