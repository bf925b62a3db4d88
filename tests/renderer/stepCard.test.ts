import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { closeJsonInText, openJsonInText } from "../../src/renderer/editors/json/jsonInText.ts";
import { placeHoldCard } from "../../src/renderer/canvas/stepping/placeHoldCard.ts";

test("JSON inside text is opened for people and is text again when it is sent", () => {
  const message: Json = { FunctionName: "orders", Payload: JSON.stringify({ body: JSON.stringify({ total: 3 }), path: "/orders" }) };

  const { value, opened } = openJsonInText(message);
  expect(value).toEqual({ FunctionName: "orders", Payload: { body: { total: 3 }, path: "/orders" } });

  const edited: Json = { FunctionName: "orders", Payload: { body: { total: -3 }, path: "/orders" } };
  expect(closeJsonInText(edited, opened)).toEqual({
    FunctionName: "orders",
    Payload: JSON.stringify({ body: JSON.stringify({ total: -3 }), path: "/orders" }),
  });
});

test("a message that is not edited is sent exactly as it came", () => {
  const nested = fc
    .tuple(fc.jsonValue(), fc.integer({ min: 0, max: 4 }))
    .map(([value, indent]) => ({ Payload: JSON.stringify(value, null, indent), text: " {not json" }) as Json);
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), nested), (message) => {
      const { value, opened } = openJsonInText(message as Json);
      expect(closeJsonInText(value, opened)).toEqual(message);
    }),
  );
});

test("the message card covers neither end of its hop where there is room beside them", () => {
  const area = { width: 900, height: 560 };
  const wanted = { width: 484, height: 248 };
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 500 }), fc.integer({ min: 20, max: 90 }), (x, y) => {
      const from = { x, y, width: 120, height: 60 };
      const to = { x: x + 200, y: y + 10, width: 120, height: 60 };
      const card = placeHoldCard({ x: x + 160, y: y + 35 }, [from, to], area, wanted);

      expect(card.x).toBeGreaterThanOrEqual(0);
      expect(card.y + card.height).toBeLessThanOrEqual(area.height);
      for (const end of [from, to]) {
        const isClear =
          card.x >= end.x + end.width || card.x + card.width <= end.x || card.y >= end.y + end.height || card.y + card.height <= end.y;
        expect(isClear).toBe(true);
      }
    }),
  );
});

test("the message card keeps its size where the room is aside of its hop", () => {
  const area = { width: 868, height: 527 };
  const from = { x: 384, y: 178, width: 130, height: 57 };
  const to = { x: 566, y: 303, width: 130, height: 57 };
  const card = placeHoldCard({ x: 540, y: 268 }, [from, to], area, { width: 484, height: 248 });
  expect(card.height).toBe(248);
});
