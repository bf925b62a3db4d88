import { Fragment, useMemo } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import { fittingTemplates, targetOf, targetValue } from "../../model/design/policyTargets.ts";
import { policyWords } from "../../model/design/policyWords.ts";
import { mentionedIds } from "../../model/design/references.ts";
import type { JsonObject } from "../../model/json.ts";
import { policyTemplateParameters } from "../../model/template/sam/policyTemplates.ts";
import { useDesign } from "../app/stores/design.ts";
import { t } from "../app/texts/texts.ts";
import { tWords } from "../app/texts/words.ts";
import { Select } from "../app/ui/Select.tsx";
import { PolicyResourceField } from "./PolicyResourceField.tsx";
import { changePolicies } from "./changePolicies.ts";

interface PolicyTemplateFormProps {
  resource: DesignResource;
  template: string;
  argument: JsonObject;
  path: string;
}

/** A SAM policy template: what it allows, where the same resource has a choice, and what it is told. */
export function PolicyTemplateForm({ resource, template, argument, path }: PolicyTemplateFormProps) {
  const resources = useDesign((state) => state.design.resources);
  const parameters = policyTemplateParameters(template);
  const choices = useMemo(() => {
    const named = resources.find(({ id }) => mentionedIds(argument).includes(id));
    const fitting = fittingTemplates(named?.type ?? targetOf(template, parameters[0] ?? "")?.types[0] ?? "");
    return fitting.filter(({ parameter }) => parameters.length === 1 && parameter === parameters[0]);
  }, [resources, argument, template, parameters]);
  const fieldsOf = (parameter: string) => {
    const target = targetOf(template, parameter);
    if (target === undefined) return [];
    return resources
      .filter(({ id, type }) => target.types.includes(type) && id !== resource.id)
      .map(({ id }) => ({ title: id, value: targetValue(target, id) }));
  };
  if (parameters.length === 0) return null;
  return (
    <div className="grid grid-cols-[76px_minmax(0,1fr)] items-start gap-x-1 gap-y-[5px] pt-1 pb-2 pr-3 pl-2.5">
      {choices.length > 1 && (
        <Select
          label={t("Permission")}
          value={template}
          options={choices.map((choice) => ({
            value: choice.template,
            title: policyWords({ [choice.template]: argument })
              .map(({ words }) => tWords(words))
              .join(" "),
          }))}
          onChange={(chosen) => chosen !== template && changePolicies(resource, path, { [chosen]: argument })}
          className="col-span-2 w-full"
        />
      )}
      {parameters.map((parameter) => (
        <Fragment key={parameter}>
          <span className="truncate leading-[26px] text-fg-3" title={parameter}>
            {parameter}
          </span>
          <PolicyResourceField
            label={parameter}
            value={argument[parameter] ?? ""}
            resources={fieldsOf(parameter)}
            onChange={(value) => changePolicies(resource, `${path}.${template}.${parameter}`, value)}
          />
        </Fragment>
      ))}
    </div>
  );
}
