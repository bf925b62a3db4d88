import { Coins, Layers, LifeBuoy, ShieldCheck, Waypoints, X, type LucideIcon } from "lucide-react";
import { layers, type Layer } from "../../../model/design/views/layer.ts";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { DropdownMenu } from "../../app/ui/Menu.tsx";
import { classes } from "../../app/ui/classes.ts";
import { endPath, layerTitles, showLayer, useViewing } from "./viewing.ts";
import { asContinuation, t } from "../../app/texts/texts.ts";

const icons: Record<Layer, LucideIcon> = { flow: Layers, security: ShieldCheck, failure: LifeBuoy, cost: Coins };

/** Which question the picture answers, and which path alone it shows. */
export function ViewBar() {
  const { layer, path } = useViewing();
  const [title, question] = layerTitles()[layer];
  const Icon = icons[layer];
  return (
    <div data-chrome className="absolute top-3 right-3 z-10 flex items-center gap-2">
      {path !== null && (
        <div
          role="status"
          className="pop flex h-[30px] max-w-72 items-center gap-1.5 rounded-lg border border-accent-line bg-raised pl-2.5 text-xs shadow-2"
        >
          <Waypoints size={14} className="text-accent" />
          <span className="truncate font-medium">{path.title}</span>{" "}
          <span className="whitespace-nowrap text-fg-3">{t("{{size}} resources", { size: path.found.cards.size })}</span>
          <IconButton label={t("Show everything again")} shortcut="shift+f" size={24} onClick={endPath}>
            <X size={13} />
          </IconButton>
        </div>
      )}
      <DropdownMenu
        align="end"
        items={layers.map((one) => ({
          type: "action",
          id: one,
          title: `${layerTitles()[one][0]}: ${asContinuation(layerTitles()[one][1])}`,
          isChecked: one === layer,
          run: () => showLayer(one),
        }))}
      >
        <button
          type="button"
          aria-label={t("Layer: {{title}}", { title })}
          title={question}
          className={classes(
            "flex h-[30px] items-center gap-1.5 rounded-lg border bg-raised px-2.5 text-xs shadow-2 hover:bg-hover data-[state=open]:bg-hover",
            layer === "flow" ? "border-line-strong text-fg-2" : "border-accent-line text-accent",
          )}
        >
          <Icon size={14} />
          {title}
        </button>
      </DropdownMenu>
    </div>
  );
}
