import { Info } from "lucide-react";
import type { DesignResource } from "../../model/design/design.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { shownDefinition } from "../app/resourceTypes.ts";
import { useDesign } from "../app/stores/design.ts";
import { useKeptReason } from "../app/stores/run.ts";
import { Button } from "../app/ui/Button.tsx";
import { Section } from "../app/ui/Section.tsx";
import { showInTemplate } from "../canvas/openResource.ts";
import { stateMachineTypes } from "../../model/design/workflows/workflowSource.ts";
import { openWorkflow } from "../workflow/workflowStore.ts";
import { PropertyRow } from "./PropertyRow.tsx";
import { References } from "./References.tsx";
import { OtherProperties } from "./OtherProperties.tsx";
import { isWide } from "./propertyControls.ts";
import { WideProperty } from "./WideProperty.tsx";
import { t } from "../app/texts/texts.ts";

/** The form of a resource, made from its definition. */
export function PropertiesTab({ resource }: { resource: DesignResource }) {
  const definition = shownDefinition(resource.type);
  const isBroken = useDesign((state) => state.trouble !== null);
  const keptReason = useKeptReason(resource.id);
  if (resource.isImplicit) return <ImplicitNote resource={resource} />;

  const properties = definition?.properties ?? [];
  const sections = Map.groupBy(properties, (property) => property.section ?? "");
  return (
    <fieldset disabled={isBroken} className="min-w-0 pb-4">
      {(!resource.runs || keptReason !== null) && (
        <div className="mx-3 mt-2.5 mb-2 flex gap-2 rounded-md border border-line bg-hover px-2.5 py-2 text-xs text-fg-2">
          <Info size={14} className="mt-px flex-none text-fg-3" />
          <div className="min-w-0">
            <p data-selectable className="font-mono break-words text-fg">
              {resource.type}
            </p>
            <p className="mt-1">
              {keptReason === null
                ? t("Not run locally yet. It is kept in the template, drawn and deployed to AWS as it is.")
                : t("Kept, but not run: {{keptReason}}", { keptReason })}
            </p>
          </div>
        </div>
      )}
      {[...sections].map(([title, group]) => (
        <PropertySection key={title} title={title} properties={group} resource={resource} />
      ))}
      <OtherProperties resource={resource} known={properties.map((property) => property.path)} />
      {definition === undefined && <References resource={resource} />}
      {definition?.differences !== undefined && definition.differences.length > 0 && (
        <Section title={t("Different from AWS")}>
          <ul className="flex list-disc flex-col gap-1 pr-3 pl-7 text-xs text-fg-2">
            {definition.differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </Section>
      )}
      <div className="flex gap-1 px-3 pt-2">
        {stateMachineTypes.has(resource.type) && (
          <Button size="compact" onClick={() => openWorkflow(resource.id)}>
            {t("Open the workflow")}
          </Button>
        )}
        <Button size="compact" look="quiet" onClick={() => showInTemplate(resource, { beside: true })}>
          {t("Show in the template")}
        </Button>
      </div>
    </fieldset>
  );
}

function PropertySection({
  title,
  properties,
  resource,
}: {
  title: string;
  properties: readonly PropertyDefinition[];
  resource: DesignResource;
}) {
  const rows = properties.filter((property) => !isWide(property.control));
  const wide = properties.filter((property) => isWide(property.control));
  const form = rows.length > 0 && (
    <div className="flex flex-col gap-[5px] px-3 py-1">
      {rows.map((property) => (
        <PropertyRow key={property.path} resource={resource} property={property} />
      ))}
    </div>
  );
  return (
    <>
      {title === "" ? <div className="pt-2 pb-1">{form}</div> : form !== false && <Section title={title}>{form}</Section>}
      {wide.map((property) => (
        <WideProperty key={property.path} resource={resource} property={property} />
      ))}
    </>
  );
}

function ImplicitNote({ resource }: { resource: DesignResource }) {
  const connections = useDesign((state) => state.design.connections);
  const users = [...new Set(connections.filter((connection) => connection.from === resource.id).map((connection) => connection.to))];
  return (
    <p className="mx-3 mt-3 rounded-md border border-line bg-hover px-3 py-2 text-fg-2">
      {t(
        "{{id}} is not written in the template. SAM makes it because {{users}} have an event that names no API of its own. Add an API from the palette and connect its routes to set its properties.",
        { id: resource.id, users: users.length === 0 ? t("a function") : users.join(", "), count: users.length > 1 ? users.length : 1 },
      )}
    </p>
  );
}
