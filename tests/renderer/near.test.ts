import { expect, it } from "vitest";
import type { Connection, DesignResource } from "../../src/model/design/design.ts";
import { nearOf } from "../../src/renderer/canvas/near.ts";

const resource = (id: string): DesignResource => ({
  id,
  type: "AWS::SQS::Queue",
  properties: {},
  effectiveProperties: {},
  isImplicit: false,
  subtitle: "",
  routes: [],
  runs: true,
  path: ["Resources", id],
  isDisabled: false,
});
const line = (from: string, to: string): Connection => ({
  id: `${from}>${to}`,
  from,
  to,
  kind: "access",
  label: "",
  writtenAt: [],
});
const positions = {
  Left: { x: -3_000, y: 100 },
  Here: { x: 100, y: 100 },
  Right: { x: 3_000, y: 100 },
  Far: { x: 0, y: 9_000 },
  Further: { x: 3_000, y: 9_000 },
};
const resources = Object.keys(positions).map(resource);
const connections = [line("Left", "Right"), line("Far", "Further")];
const view = { x: 0, y: 0, width: 800, height: 600 };

it("takes the cards in a box, and lines that pass through it with the cards at their ends", () => {
  const near = nearOf({ resources, connections, positions }, [], view);
  expect(near.resources.map(({ id }) => id)).toEqual(["Left", "Here", "Right"]);
  expect(near.connections).toEqual([connections[0]]);
});

it("takes everything where there is no box", () => {
  expect(nearOf({ resources, connections, positions }, [], null)).toEqual({ resources, connections, runtimeMade: [] });
});
