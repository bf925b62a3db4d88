// The one fact on a card that can be typed over where it stands: a route, a table's keys, a schedule.
import { isJsonObject } from "../../model/json.ts";
import type { DesignResource, Route } from "../../model/design/design.ts";
import { changeDesign, useDesign } from "../app/stores/design.ts";
import { notify } from "../app/stores/notices.ts";
import { attributesOf, keysOf, saveKeys, type Key } from "../inspector/tableKeys.ts";
import { t } from "../app/texts/texts.ts";

export interface InlineField {
  /** `Keys of Orders` */
  readonly label: string;
  readonly text: string;
  /** What may be typed: `id, createdAt`. */
  readonly hint: string;
  /** Why it cannot be that; undefined: it can. */
  problem(text: string): string | undefined;
  save(text: string): void;
}

/** Of the line under the title; null: it says nothing that is one value of the template. */
export function fieldOfCard(resource: DesignResource): InlineField | null {
  const { id, properties } = resource;
  if (resource.isImplicit) return null;
  if (Array.isArray(properties["KeySchema"])) return keysField(resource);
  const expression = properties["ScheduleExpression"];
  if (typeof expression === "string") {
    return {
      label: t("Schedule of {{id}}", { id }),
      text: expression,
      hint: "rate(5 minutes)",
      problem: whyNotSchedule,
      save: (value) =>
        void changeDesign(t("Change the schedule of {{id}}", { id }), {
          type: "setProperty",
          id,
          path: "Properties.ScheduleExpression",
          value,
        }),
    };
  }
  return null;
}

function keysField(resource: DesignResource): InlineField {
  const keys = keysOf(resource.properties["KeySchema"]);
  const types = attributesOf(resource.properties["AttributeDefinitions"]);
  const nameOf = (role: Key["role"]): string | undefined => keys.find((key) => key.role === role)?.name;
  const text = [nameOf("HASH"), nameOf("RANGE")].filter((name) => name !== undefined).join(", ");
  return {
    label: t("Keys of {{id}}", { id: resource.id }),
    text,
    hint: t("partition key, sort key"),
    problem: (typed) =>
      namesIn(typed).length === 1 || namesIn(typed).length === 2 ? undefined : t("One key, or two with a comma between."),
    save: (typed) => {
      const [partition = "", sort] = namesIn(typed);
      const next: Key[] = [{ name: partition, role: "HASH" }, ...(sort === undefined ? [] : [{ name: sort, role: "RANGE" } as const])];
      const renamed = new Map(types);
      // a key that gets another name keeps its type
      for (const { name, role } of next) if (!renamed.has(name)) renamed.set(name, types.get(nameOf(role) ?? "") ?? "S");
      saveKeys(resource, next, renamed);
    },
  };
}

function namesIn(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function whyNotSchedule(text: string): string | undefined {
  return /^(rate\(\d+ (minute|minutes|hour|hours|day|days)\)|cron\(([^ ]+ ){5}[^ ]+\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/.test(
    text.trim(),
  )
    ? undefined
    : t("rate(5 minutes), cron(0 9 * * ? *) with six fields, or at(2030-01-01T09:00:00).");
}

/** Of a route's row; null: it is not an event of a function, but written elsewhere. */
export function fieldOfRoute(resource: DesignResource, route: Route): InlineField | null {
  const { design, document } = useDesign.getState();
  const connection = design.connections.find((one) => one.from === resource.id && one.fromRoute === route.id);
  const path = connection?.writtenAt.find((one) => one.at(-2) === "Events");
  const owner = path?.[1];
  if (path === undefined || typeof owner !== "string") return null;
  const template = document?.value["Resources"];
  const written = isJsonObject(template) ? template[owner] : undefined;
  if (!isJsonObject(written)) return null;
  const base = `${path.slice(2).join(".")}.Properties`;
  return {
    label: t("Route {{id}}", { id: route.id }),
    text: route.id,
    hint: "GET /orders/{id}",
    problem: (typed) => (parsedRoute(typed) === undefined ? t("A method and a path, such as GET /orders/{id}.") : undefined),
    save: (typed) => {
      const parsed = parsedRoute(typed);
      if (parsed === undefined) return;
      if (design.connections.some((one) => one.from === resource.id && one.fromRoute === `${parsed.method} ${parsed.path}`)) {
        notify({
          tone: "info",
          title: t("Not changed"),
          detail: t("{{id}} has a route {{method}} {{path}} already.", { id: resource.id, method: parsed.method, path: parsed.path }),
        });
        return;
      }
      changeDesign(
        t("Change the route {{id}} to {{method}} {{path}}", { id: route.id, method: parsed.method, path: parsed.path }),
        { type: "setProperty", id: owner, path: `${base}.Method`, value: parsed.method },
        { type: "setProperty", id: owner, path: `${base}.Path`, value: parsed.path },
      );
    },
  };
}

function parsedRoute(text: string): { readonly method: string; readonly path: string } | undefined {
  const [, method, path] = /^\s*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY)\s+(\/\S*)\s*$/i.exec(text) ?? [];
  return method === undefined || path === undefined ? undefined : { method: method.toUpperCase(), path };
}
