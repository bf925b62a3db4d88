import type { ConnectionRule } from "../service.ts";
import type { Design, DesignResource } from "./design.ts";
import { kindOf } from "./kinds.ts";
import { rulesFrom } from "./plainConnections.ts";
import { implicitApis, type DesignContext } from "./view.ts";
import { inRow, words, type Words, type WordsValue } from "../words.ts";

// What may be connected with what: asked for every node while an edge is dragged, and once more before it is written.

export interface LegalTarget {
  readonly id: string;
  /** The ways it may be connected; the first is the usual one. */
  readonly rules: readonly ConnectionRule[];
}

/** Resources that a connection from this one may end at. All others: see `whyNot`. */
export function legalTargets(design: Design, fromId: string, context: DesignContext): LegalTarget[] {
  const from = resourceOf(design, fromId);
  if (!from) return [];
  return design.resources.flatMap((to) => {
    const rules = rulesBetween(design, from, to, context);
    return rules.length > 0 ? [{ id: to.id, rules }] : [];
  });
}

/** How a resource that is not there yet may be connected with one that is: what it would lead on to, and what could lead to it. */
export function rulesWithNew(
  design: Design,
  existing: string,
  made: Pick<DesignResource, "type" | "properties">,
  context: DesignContext,
): { readonly onward: readonly ConnectionRule[]; readonly backward: readonly ConnectionRule[] } {
  const other = resourceOf(design, existing);
  if (!other) return { onward: [], backward: [] };
  const unnamed: DesignResource = {
    ...made,
    id: "",
    effectiveProperties: made.properties,
    isImplicit: false,
    subtitle: "",
    routes: [],
    runs: true,
    path: [],
    isDisabled: false,
  };
  return { onward: rulesBetween(design, other, unnamed, context), backward: rulesBetween(design, unnamed, other, context) };
}

/** Why no connection may be drawn from one resource to another, in one sentence; undefined: one may. */
export function whyNot(design: Design, fromId: string, toId: string, context: DesignContext): Words | undefined {
  const [from, to] = [resourceOf(design, fromId), resourceOf(design, toId)];
  if (!from) return words("There is no resource {{id}}.", { id: fromId });
  if (!to) return words("There is no resource {{id}}.", { id: toId });
  if (rulesBetween(design, from, to, context).length > 0) return undefined;
  const rules = rulesFrom(from.type, context);
  const fitting = rules.filter((rule) => rule.to.includes(to.type));
  if (fitting.length > 0) return fitting.map((rule) => refusalOf(design, rule, from, to)).find((refusal) => refusal !== undefined);
  return wrongKind(from, to, context);
}

/** Whether drawing it needs a method and a path: its values mention them. */
export function needsRoute(rule: ConnectionRule): boolean {
  return JSON.stringify(rule.writes).includes("{path}");
}

/** Why this one rule cannot be followed between these two. */
export function refusalOf(design: Design, rule: ConnectionRule, from: DesignResource, to: DesignResource): Words | undefined {
  if (from.id === to.id && rule.kind !== "access") return words("{{from}} cannot be connected with itself.", { from: from.id });
  if (from.id === to.id) return words("{{from}} needs no connection to reach itself.", { from: from.id });
  if (rule.writes.some((write) => write.on === "from") && from.isImplicit) return madeBySam(from);
  if (rule.writes.some((write) => write.on === "to") && to.isImplicit) return madeBySam(to);
  const absent = namedInVain(rule, from, to);
  if (absent !== undefined)
    return words(
      "{{id}} is not made while its condition is false, so that nothing else may name it. Change its condition, or the parameter that decides it.",
      { id: absent.id },
    );
  const same = design.connections.filter((connection) => connection.kind === rule.kind && connection.from === from.id);
  const isRouted = from.routes.length > 0 || rule.writes.some((write) => JSON.stringify(write.value).includes("{path}"));
  if (!isRouted && same.some((connection) => connection.to === to.id))
    return words("{{from}} and {{to}} are connected this way already.", { from: from.id, to: to.id });
  const setsOnce = rule.kind === "dead-letter";
  const [other] = same;
  if (setsOnce && other)
    return words("{{from}} sends its dead letters to {{to}} already: disconnect that first.", { from: from.id, to: other.to });
  if (setsOnce && endsUpAt(design, to.id, from.id))
    return words("Dead letters of {{to}} end up in {{from}} already: a circle of queues cannot be deployed.", { to: to.id, from: from.id });
  return rule.refuses?.({ id: from.id, properties: from.effectiveProperties }, { id: to.id, properties: to.effectiveProperties });
}

/** The end that is switched off by its condition and that the other, which is made, would name. */
function namedInVain(rule: ConnectionRule, from: DesignResource, to: DesignResource): DesignResource | undefined {
  if (from.isDisabled === to.isDisabled) return undefined;
  const [absent, its, mark] = to.isDisabled ? ([to, "to", "{to}"] as const) : ([from, "from", "{from}"] as const);
  return rule.writes.some(({ on, value }) => on !== its && JSON.stringify(value).includes(mark)) ? absent : undefined;
}

function endsUpAt(design: Design, start: string, end: string): boolean {
  const seen = new Set<string>();
  for (let here: string | undefined = start; here !== undefined && !seen.has(here);) {
    if (here === end) return true;
    seen.add(here);
    const from: string = here;
    here = design.connections.find((connection) => connection.kind === "dead-letter" && connection.from === from)?.to;
  }
  return false;
}

function rulesBetween(design: Design, from: DesignResource, to: DesignResource, context: DesignContext): ConnectionRule[] {
  return rulesFrom(from.type, context).filter((rule) => rule.to.includes(to.type) && refusalOf(design, rule, from, to) === undefined);
}

/** Kinds of which a line alone does not say enough to write a template. */
const needsMore: readonly (readonly [prefix: string, why: Words])[] = [
  ["AWS::StepFunctions::", words("what a state machine calls stands in its states")],
  ["AWS::KinesisFirehose::", words("a delivery stream needs a role and the form of what it delivers")],
  ["AWS::CloudFormation::Stack", words("a nested stack is given values by its parameters, and gives others by its outputs")],
  ["AWS::Serverless::Application", words("a nested application is given values by its parameters, and gives others by its outputs")],
  ["AWS::AppSync::", words("a GraphQL API needs a resolver for each field")],
  ["AWS::Serverless::GraphQLApi", words("a GraphQL API needs a resolver for each field")],
];

function madeBySam({ id, path }: DesignResource): Words {
  if (Object.values(implicitApis).some((api) => api.id === id))
    return words("{{id}} is made by SAM and not written in the template: add an API of your own and move the routes to it.", { id });
  return path.includes("Events")
    ? words("{{id}} is made by SAM for an event: change that in the template, where it is written.", { id })
    : words("{{id}} is made by SAM for a destination: change that in the template, where it is written.", { id });
}

/** `A queue can be connected to a function or a queue, but not to a table.` And the way round, where that would do. */
function wrongKind(from: DesignResource, to: DesignResource, context: DesignContext): Words {
  const backwards = rulesFrom(to.type, context).some((rule) => rule.to.includes(from.type));
  const reason = whyOfKinds(from, to, context);
  return backwards ? words("{{reason}} Draw it the other way round, from {{to}}.", { reason, to: to.id }) : reason;
}

function whyOfKinds(from: DesignResource, to: DesignResource, context: DesignContext): Words {
  const definition = context.definitionOf(from.type);
  const { title } = kindOf(from.type, definition);
  const other = withArticle(kindOf(to.type, context.definitionOf(to.type)).title);
  const titles = new Set(
    rulesFrom(from.type, context)
      .flatMap((rule) => rule.to)
      .map((type) => kindOf(type, context.definitionOf(type)).title),
  );
  if (titles.size > 0) {
    const own = takesAn(title) ? words("An {{title}}", { title: titleWithin(title) }) : words("A {{title}}", { title: titleWithin(title) });
    const others = oneOf([...titles].map(withArticle));
    return words("{{own}} can be connected to {{others}}, but not to {{other}}.", { own, others, other });
  }
  const own = withArticle(title);
  const why = needsMore.find(([prefix]) => from.type.startsWith(prefix))?.[1];
  if (why !== undefined)
    return words("Connections of {{own}} cannot be drawn: {{why}}. Write them in the template, and they appear here.", { own, why });
  return definition === undefined
    ? words("Connections of {{own}} cannot be drawn. Write them in the template, and they appear here.", { own })
    : words("Nothing starts at {{own}}.", { own });
}

function titleWithin(title: string): Words {
  return { text: title, isWithin: true };
}

function takesAn(title: string): boolean {
  return /^([aeio]|HTTP|FIFO|S3|SNS|SQS)/i.test(title);
}

function withArticle(title: string): Words {
  return takesAn(title) ? words("an {{title}}", { title: titleWithin(title) }) : words("a {{title}}", { title: titleWithin(title) });
}

function oneOf(kinds: readonly Words[]): WordsValue {
  const last = kinds.at(-1);
  if (last === undefined || kinds.length === 1) return last ?? "";
  return words("{{one}} or {{other}}", { one: inRow(kinds.slice(0, -1), ", "), other: last });
}

function resourceOf(design: Design, id: string): DesignResource | undefined {
  return design.resources.find((resource) => resource.id === id);
}
