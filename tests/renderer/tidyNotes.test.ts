import { describe, expect, test } from "vitest";
import { tidyNotes } from "../../src/renderer/canvas/tidying/tidyNotes.ts";

const note = (id: string, x: number, y: number) => ({ id, x, y, width: 280, height: 64, text: id });
const card = (x: number, y: number) => ({ x, y, width: 176, height: 78 });

describe("notes when cards are laid out anew", () => {
  test("a note goes along with the card that it stands by", () => {
    const moved = tidyNotes([note("about the queue", 0, 100)], {
      before: new Map([
        ["Queue", card(0, 0)],
        ["Table", card(800, 0)],
      ]),
      after: new Map([
        ["Queue", card(400, 200)],
        ["Table", card(0, 0)],
      ]),
    });
    expect(moved).toEqual({ "about the queue": { x: 400, y: 300 } });
  });

  test("a note that a card would cover gives way, and so does the next note", () => {
    const notes = [note("first", 0, 100), note("second", 0, 180)];
    const after = new Map([
      ["Queue", card(0, 0)],
      ["Table", card(40, 110)],
    ]);
    const moved = tidyNotes(notes, { before: new Map([["Queue", card(0, 0)]]), after });
    const boxes = [...after.values(), ...notes.map((one) => ({ ...one, ...moved[one.id] }))];
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1))
        expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false);
  });

  test("a note in nobody's way stays", () => {
    const cards = new Map([["Queue", card(0, 0)]]);
    expect(tidyNotes([note("far", 900, 900)], { before: cards, after: cards })).toEqual({});
  });
});
