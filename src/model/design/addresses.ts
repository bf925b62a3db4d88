// Addresses that two APIs would answer at, such as where Globals give each of them the same domain: AWS makes one mapping only.
import type { Json, JsonObject } from "../json.ts";
import type { SamResult } from "../template/sam/transformSam.ts";
import { sectionOf } from "./known.ts";
import { mentionedIds } from "./references.ts";
import { at } from "./view.ts";
import { inRow, said, words, type Words, type WordsValue } from "../words.ts";

/** Properties that together say where: the domain, and the path below it. */
const mappings: Readonly<Record<string, readonly [domain: string, path: string]>> = {
  "AWS::ApiGateway::BasePathMapping": ["DomainName", "BasePath"],
  "AWS::ApiGateway::BasePathMappingV2": ["DomainNameArn", "BasePath"],
  "AWS::ApiGatewayV2::ApiMapping": ["DomainName", "ApiMappingKey"],
};

interface TakenAddress {
  /** Logical ID in the design. */
  readonly resource: string;
  readonly message: string;
  readonly words: Words;
}

export function takenAddresses({ template, sources }: SamResult): readonly TakenAddress[] {
  const owners = new Map<string, string>();
  const taken: TakenAddress[] = [];
  for (const [id, mapping] of Object.entries(sectionOf(template, "Resources"))) {
    const [domain, path] = mappings[String(at(mapping, "Type"))] ?? [];
    // Of two with conditions, only one may be made.
    if (domain === undefined || path === undefined || at(mapping, "Condition") !== undefined) continue;
    const [name, below] = [at(mapping, "Properties", domain), at(mapping, "Properties", path)];
    const address = JSON.stringify([name ?? null, below === undefined || below === "(none)" ? "" : below]);
    const owner = sources[id] ?? id;
    const other = owners.get(address);
    if (other === undefined) owners.set(address, owner);
    else if (other !== owner || owner === id) {
      const where = inRow([domainName(template, name), typeof below === "string" ? below : ""], "/");
      const message = words("{{other}} and {{owner}} would both answer at {{where}}. Give one of them another domain or base path.", {
        other,
        owner,
        where,
      });
      taken.push({ resource: owner, ...said(message) });
    }
  }
  return taken;
}

/** As the domain's own resource has it. */
function domainName(template: JsonObject, value: Json | undefined): WordsValue {
  if (typeof value === "string") return value;
  const [domain] = mentionedIds(value);
  const name = domain === undefined ? undefined : at(template, "Resources", domain, "Properties", "DomainName");
  return typeof name === "string" ? name : (mentionedIds(name)[0] ?? domain ?? words("the same domain"));
}
