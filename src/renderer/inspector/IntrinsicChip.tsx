import { useDesign } from "../app/stores/design.ts";
import { selectResources } from "../app/stores/selection.ts";
import type { JsonObject } from "../../model/json.ts";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { intrinsicText, mentionedIn } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

/** An intrinsic function as written; a click goes to the resource that it names. */
export function IntrinsicChip({ value }: { value: JsonObject }) {
  const text = intrinsicText(value);
  const id = mentionedIn(value);
  const isResource = useDesign((state) => id !== null && state.design.resources.some((resource) => resource.id === id));
  const look = "min-w-0 truncate rounded-sm bg-accent-soft px-1.5 font-mono text-xs leading-[18px] text-accent";
  if (id === null || !isResource) {
    return (
      <span className={look} title={text}>
        {text}
      </span>
    );
  }
  return (
    <Tooltip text={t("Go to {{id}}", { id })}>
      <button type="button" onClick={() => selectResources([id], { reveal: true })} className={`${look} text-left hover:underline`}>
        {text}
      </button>
    </Tooltip>
  );
}
