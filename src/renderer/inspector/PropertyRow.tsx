import { RotateCcw } from "lucide-react";
import type { DesignResource } from "../../model/design/design.ts";
import type { Json } from "../../model/json.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { classes } from "../app/ui/classes.ts";
import { ValueControl } from "./ValueControl.tsx";
import { setProperty, textOf, valueAt } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

/** Name and control of one property. A dot says that it differs from AWS's default; the arrow puts the default back. */
export function PropertyRow({ resource, property }: { resource: DesignResource; property: PropertyDefinition }) {
  const written = valueAt(resource.properties, property.path);
  const effective = valueAt(resource.effectiveProperties, property.path);
  const isWritten = written !== undefined;
  const isInherited = !isWritten && effective !== undefined;
  const isChanged = isWritten && property.defaultValue !== undefined && written !== property.defaultValue;
  const value: Json | undefined = written ?? effective;

  return (
    <div className="group grid grid-cols-[minmax(92px,40%)_minmax(0,1fr)] items-center gap-x-1">
      <span className="flex min-w-0 items-center gap-1.5 text-fg-3">
        <Tooltip text={<PropertyHelp property={property} isInherited={isInherited} />} side="left">
          <span className="line-clamp-2 leading-4">{property.title}</span>
        </Tooltip>
        {property.required === true && !isWritten && <span className="text-error">*</span>}
        {isChanged && <span className="size-1 flex-none rounded-full bg-accent" />}
        {isWritten && property.required !== true && (
          <Tooltip
            text={
              property.defaultValue === undefined
                ? t("Take it out of the template")
                : t("Back to {{defaultValue}}", { defaultValue: textOf(property.defaultValue) })
            }
            side="left"
          >
            <button
              type="button"
              aria-label={t("Reset {{title}}", { title: property.title })}
              onClick={() => setProperty(resource, property.path, undefined)}
              className="mr-0.5 ml-auto hidden size-4 flex-none place-items-center rounded-sm text-fg-3 group-focus-within:grid group-hover:grid hover:text-fg"
            >
              <RotateCcw size={11} />
            </button>
          </Tooltip>
        )}
      </span>
      <div className={classes("min-w-0", isInherited && "[&_input]:text-fg-2")}>
        <ValueControl
          property={property}
          value={value}
          timeZone={timeZoneOf(resource, property)}
          onChange={(next) => setProperty(resource, property.path, next)}
        />
      </div>
    </div>
  );
}

function timeZoneOf({ effectiveProperties }: DesignResource, { control }: PropertyDefinition): string {
  const zone = control.type === "schedule" && control.timeZone !== undefined ? valueAt(effectiveProperties, control.timeZone) : undefined;
  return typeof zone === "string" ? zone : "UTC";
}

function PropertyHelp({ property, isInherited }: { property: PropertyDefinition; isInherited: boolean }) {
  return (
    <span className="flex flex-col gap-1">
      <span>{property.help}</span>
      <span className="text-fg-3">
        <span className="font-mono">{property.path}</span>
        {property.defaultValue !== undefined && t(" · default {{defaultValue}}", { defaultValue: textOf(property.defaultValue) })}
        {isInherited && t(" · from Globals")}
      </span>
    </span>
  );
}
