import type { JsonObject } from "../../../model/json.ts";
import { migrate, type Database } from "../../storage/database.ts";
import type { KeptResource, Stack, StackEvent } from "./stack.ts";

const schema = [
  `CREATE TABLE cloudformation_stacks (id TEXT PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL, is_deleted INTEGER NOT NULL, stack TEXT NOT NULL);
   CREATE INDEX cloudformation_stacks_name ON cloudformation_stacks (region, name);
   CREATE TABLE cloudformation_resources (stack_id TEXT NOT NULL, logical_id TEXT NOT NULL, resource TEXT NOT NULL, PRIMARY KEY (stack_id, logical_id));
   CREATE TABLE cloudformation_events (sequence INTEGER PRIMARY KEY, stack_id TEXT NOT NULL, event TEXT NOT NULL);
   CREATE INDEX cloudformation_events_stack ON cloudformation_events (stack_id, sequence);`,
];
/** AWS keeps the events of 90 days; the last ones are enough here. */
const eventsKept = 1_000;

/** Stacks with their resources and events, kept so that a later run with the same data folder updates instead of creating anew. */
export interface StackStore {
  /** By name (the stack that is not deleted) or by id. */
  find(nameOrId: string, region: string): Stack | undefined;
  /** Every stack of a region, deleted ones too, newest first. */
  all(region?: string): Stack[];
  save(stack: Stack): void;
  resources(stackId: string): Map<string, KeptResource>;
  saveResource(stackId: string, resource: KeptResource): void;
  removeResource(stackId: string, logicalId: string): void;
  /** Newest first. */
  events(stackId: string): StackEvent[];
  addEvent(stackId: string, event: StackEvent): void;
}

export function createStackStore(database: Database): StackStore {
  migrate(database, "cloudformation", schema);
  const byId = database.prepare<[string], { stack: string }>("SELECT stack FROM cloudformation_stacks WHERE id = ?");
  const byName = database.prepare<[string, string], { stack: string }>(
    "SELECT stack FROM cloudformation_stacks WHERE region = ? AND name = ? AND is_deleted = 0",
  );
  const everyStack = database.prepare<[], { stack: string }>("SELECT stack FROM cloudformation_stacks ORDER BY rowid DESC");
  const saveStack = database.prepare(
    "INSERT INTO cloudformation_stacks VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET is_deleted = excluded.is_deleted, stack = excluded.stack",
  );
  const readResources = database.prepare<[string], { resource: string }>(
    "SELECT resource FROM cloudformation_resources WHERE stack_id = ? ORDER BY rowid",
  );
  const saveResource = database.prepare(
    "INSERT INTO cloudformation_resources VALUES (?, ?, ?) ON CONFLICT (stack_id, logical_id) DO UPDATE SET resource = excluded.resource",
  );
  const removeResource = database.prepare("DELETE FROM cloudformation_resources WHERE stack_id = ? AND logical_id = ?");
  const readEvents = database.prepare<[string, number], { event: string }>(
    "SELECT event FROM cloudformation_events WHERE stack_id = ? ORDER BY sequence DESC LIMIT ?",
  );
  const addEvent = database.prepare("INSERT INTO cloudformation_events (stack_id, event) VALUES (?, ?)");
  const parse = (row: { stack: string }): Stack => JSON.parse(row.stack) as Stack;
  return {
    find(nameOrId, region) {
      const row = nameOrId.startsWith("arn:") ? byId.get(nameOrId) : byName.get(region, nameOrId);
      return row === undefined ? undefined : parse(row);
    },
    all: (region) =>
      everyStack
        .all()
        .map(parse)
        .filter((stack) => region === undefined || stack.region === region),
    save(stack) {
      saveStack.run(stack.id, stack.name, stack.region, Number(stack.status === "DELETE_COMPLETE"), JSON.stringify(stack));
    },
    resources(stackId) {
      const kept = readResources.all(stackId).map((row) => JSON.parse(row.resource) as KeptResource);
      return new Map(kept.map((resource) => [resource.logicalId, resource]));
    },
    saveResource(stackId, resource) {
      saveResource.run(stackId, resource.logicalId, JSON.stringify(resource));
    },
    removeResource(stackId, logicalId) {
      removeResource.run(stackId, logicalId);
    },
    events: (stackId) => readEvents.all(stackId, eventsKept).map((row) => JSON.parse(row.event) as StackEvent),
    addEvent(stackId, event) {
      addEvent.run(stackId, JSON.stringify(event));
    },
  };
}

/** Resources of a processed template, those that are maps. */
export function resourcesIn(template: JsonObject): Record<string, JsonObject> {
  const resources = template["Resources"];
  const entries = typeof resources === "object" && resources !== null && !Array.isArray(resources) ? Object.entries(resources) : [];
  return Object.fromEntries(
    entries.flatMap(([id, body]) => (typeof body === "object" && body !== null && !Array.isArray(body) ? [[id, body]] : [])),
  );
}
