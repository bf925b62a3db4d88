import { afterEach, expect, test } from "vitest";
import { showLanguage, t } from "../../src/renderer/app/texts/texts.ts";

afterEach(() => showLanguage("en"));

test("texts are looked up by their English sentence, filled in, and counted as the language counts", async () => {
  const deleted = (count: number) => t("Delete {{count}} resources", { count, id: "Orders" });
  expect([deleted(1), deleted(2)]).toEqual(["Delete Orders", "Delete 2 resources"]);
  await showLanguage("de");
  expect([deleted(1), deleted(2)]).toEqual(["Orders löschen", "2 Ressourcen löschen"]);
  expect(t("Run")).not.toBe("Run");
  await showLanguage("es");
  expect(deleted(2)).toBe("Eliminar 2 recursos");
  expect(deleted(2_000_000)).toBe("Eliminar 2000000 recursos");
});

test("what no catalogue has stays English; values are shown as they are", async () => {
  await showLanguage("de");
  const text = "A sentence that nobody wrote: {{what}}.";
  expect(t(text, { what: "<b> & {{x}} $t(Run)" })).toBe("A sentence that nobody wrote: <b> & {{x}} $t(Run).");
  expect(t(text, { what: undefined })).toBe("A sentence that nobody wrote: .");
});
