// `npm run new-service <id> [--title "Amazon Kinesis"] [--type AWS::Kinesis::Stream]`: makes a service from scripts/serviceTemplate
// and enters it in the lists, so that it deploys and answers at once. tests/structure.test.ts makes one too, so the template stays alive.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const templates = path.join(import.meta.dirname, "serviceTemplate");

export interface NewService {
  /** Contrail's folder, or a copy of it. */
  readonly root: string;
  /** `kinesis` */
  readonly id: string;
  readonly title: string;
  /** `AWS::Kinesis::Stream` */
  readonly type: string;
}

/** Writes the files and returns their paths, relative to the root. */
export function createService({ root, id, title, type }: NewService): string[] {
  if (!/^[a-z][a-z0-9]*$/.test(id))
    throw new Error(`A service's id is lower case letters and digits, as in AWS's endpoints: kinesis. Not ${id}.`);
  const resourceName = /^\w+::\w+::(\w+)$/.exec(type)?.[1];
  if (resourceName === undefined) throw new Error(`--type takes a CloudFormation type such as AWS::Kinesis::Stream, not ${type}.`);
  const folder = path.join("src/runtime/services", id);
  if (existsSync(path.join(root, folder))) throw new Error(`${folder} is there already.`);
  const lower = resourceName.charAt(0).toLowerCase() + resourceName.slice(1);
  const words: Record<string, string> = {
    id,
    title,
    type,
    Resource: resourceName,
    resource: lower,
    icon: lower.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  };
  const written: string[] = [];
  const write = (template: string, target: string): void => {
    const text = readFileSync(path.join(templates, template), "utf8").replace(
      /__(id|title|type|Resource|resource|icon)__/g,
      (_match, word: string) => words[word] ?? "",
    );
    mkdirSync(path.dirname(path.join(root, target)), { recursive: true });
    writeFileSync(path.join(root, target), text);
    written.push(target);
  };
  write("definition.ts.template", `${folder}/definition.ts`);
  write("service.ts.template", `${folder}/service.ts`);
  write("domain.ts.template", `${folder}/${lower}s.ts`);
  write("resources.ts.template", `${folder}/resources.ts`);
  write("operations/list.ts.template", `${folder}/operations/list${resourceName}s.ts`);
  write("README.md.template", `${folder}/README.md`);
  write("tests/service.test.ts.template", `tests/services/${id}/${id}.test.ts`);
  const icon = `resources/icons/${words["icon"]}.svg`;
  if (!existsSync(path.join(root, icon))) write("icon.svg.template", icon);

  enter(
    path.join(root, "src/runtime/services/definitions.ts"),
    `import { ${id} } from "./${id}/definition.ts";`,
    /(export const definitions = \[)([^\]]*)(\])/,
    id,
  );
  enter(
    path.join(root, "src/runtime/services/index.ts"),
    `import { ${id}Service } from "./${id}/service.ts";`,
    /(const drawn = \{)([^}]*)(\})/,
    `${id}: ${id}Service`,
  );
  return written;
}

/** Adds an import and an entry to a list that is written on one line or several. */
function enter(file: string, importLine: string, list: RegExp, entry: string): void {
  const text = readFileSync(file, "utf8");
  if (!list.test(text))
    throw new Error(`${file} has no list to enter ${entry} in; its form has changed, so change scripts/newService.ts with it.`);
  const lastImport = text.lastIndexOf("\nimport ");
  const afterImports = text.indexOf("\n", lastImport + 1) + 1;
  const withImport = `${text.slice(0, afterImports)}${importLine}\n${text.slice(afterImports)}`;
  writeFileSync(
    file,
    withImport.replace(
      list,
      (_all, open: string, entries: string, close: string) => `${open}${entries.trimEnd().replace(/,?$/, ",")} ${entry}${close}`,
    ),
  );
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { title: { type: "string" }, type: { type: "string" } } });
  const id = positionals[0];
  if (id === undefined) {
    console.error('Usage: npm run new-service <id> -- [--title "Amazon Kinesis"] [--type AWS::Kinesis::Stream]');
    process.exit(1);
  }
  const capital = id.charAt(0).toUpperCase() + id.slice(1);
  try {
    const written = createService({
      root: path.resolve(import.meta.dirname, ".."),
      id,
      title: values.title ?? `Amazon ${capital}`,
      type: values.type ?? `AWS::${capital}::Item`,
    });
    console.log(
      `${written.map((file) => `  ${file}`).join("\n")}\n\nNext: npm run fix, then npm run check. For calls over the wire add a line with the SDK's client to src/runtime/gateway/models.ts.`,
    );
  } catch (error) {
    console.error(`new-service: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
