import { cp, readdir, readFile, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { type Miniature, miniatureOf } from "../model/design/miniature.ts";
import { type Session, StudioError } from "../model/studioApi.ts";
import { appFolder } from "./appFolder.ts";
import { loadTemplate } from "./commands/loadTemplate.ts";
import { isIgnored } from "./project/paths.ts";
import { readCanvas } from "./project/project.ts";
import { words } from "../model/words.ts";

/** `order`: where it stands among the others, the simplest first. */
const exampleFile = z.object({ title: z.string(), description: z.string(), learn: z.array(z.string()), order: z.number() });
const examplesFolder = () => path.join(appFolder(), "resources", "examples");

/** The examples that come with Contrail: each folder says what it shows in `example.json`. */
export async function exampleList(): Promise<Session["examples"]> {
  const entries = await readdir(examplesFolder(), { withFileTypes: true }).catch(() => []);
  const examples = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name: id }) => ({
        id,
        ...exampleFile.parse(JSON.parse(await readFile(path.join(examplesFolder(), id, "example.json"), "utf8"))),
      })),
  );
  return examples.toSorted((a, b) => a.order - b.order).map(({ id, title, description, learn }) => ({ id, title, description, learn }));
}

/** The examples' designs as small pictures, by id. */
export async function exampleMiniatures(): Promise<Readonly<Record<string, Miniature>>> {
  const examples = await exampleList();
  return Object.fromEntries(await Promise.all(examples.map(async ({ id }) => [id, await miniatureAt(path.join(examplesFolder(), id))])));
}

export async function miniatureAt(directory: string): Promise<Miniature> {
  const { design } = await loadTemplate(directory, { parameter: {} });
  return miniatureOf(design(), (await readCanvas(directory)).canvas);
}

/** A copy of an example that the user may change, in `Contrail/<example>` of the home folder; one made before is opened again. */
export async function openableExample(example: string, parent: string = path.join(os.homedir(), "Contrail")): Promise<string> {
  const source = path.join(examplesFolder(), example);
  if (!/^[\w-]+$/.test(example) || (await stat(source).catch(() => null)) === null)
    throw new StudioError("not-found", words("There is no example {{name}}.", { name: example }));
  const copy = path.join(parent, example);
  if ((await stat(path.join(copy, "template.yaml")).catch(() => null)) !== null) return copy;
  await cp(source, copy, {
    recursive: true,
    filter: (file) => !isIgnored(path.relative(source, file).split(path.sep).join("/")) && path.basename(file) !== "example.json",
  });
  return copy;
}
