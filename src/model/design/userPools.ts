import { isJsonObject } from "../json.ts";
import { deliver } from "./deliver.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind } from "./owners.ts";
import { at, listOf, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

// Triggers of user pools, and names in front of APIs.

export function deriveUserPool(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const triggers = resource.properties["LambdaConfig"];
  if (!isJsonObject(triggers)) return;
  for (const [name, value] of Object.entries(triggers)) {
    if (name === "KMSKeyID") continue;
    const to = drawnBehind(view, at(value, "LambdaArn") ?? value);
    deliver(view, draft, resource.id, to, [[...resource.path, "Properties", "LambdaConfig", name]], { name, label: name });
  }
}

export function deriveIdentityPool(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  listOf(resource.properties["CognitoIdentityProviders"]).forEach((provider, index) => {
    const from = drawnBehind(view, provider);
    const path = [...resource.path, "Properties", "CognitoIdentityProviders", index];
    deliver(view, draft, from, resource.id, [path], { label: words("signs in") });
  });
}

/** A domain name leads to an API, under a base path. */
export function deriveDomain(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const { properties } = resource;
  const from = drawnBehind(view, properties["DomainName"]);
  const to = drawnBehind(view, properties["RestApiId"] ?? properties["ApiId"]);
  const path = textOf(properties["BasePath"] ?? properties["ApiMappingKey"]);
  if (from === undefined || to === undefined || from === to) return;
  const label = path === undefined || path === "" ? "" : `/${path}`;
  draft.connect({ kind: "origin", from, to, name: resource.id, label, writtenAt: [resource.path] });
}
