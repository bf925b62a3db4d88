// What integrations without proxy share of their mappings: which of them are run here, and the headers that are constants.
import { isHeader } from "../answers.ts";
import type { RestIntegrationResponse } from "../apis.ts";

/** Whether a mapping template has variables or directives, which do not run here. */
export function usesVelocity(template: string): boolean {
  return /\$[{!a-zA-Z]|#(?:set|if|foreach|else|end)\b/.test(template);
}

/** `method.response.header.X: "'text'"`, and a content type where none is given. */
export function constantHeaders({ responseParameters }: RestIntegrationResponse): [string, string][] {
  const headers = Object.entries(responseParameters).flatMap(([name, value]): [string, string][] => {
    const header = /^method\.response\.header\.(.+)$/.exec(name)?.[1];
    const literal = /^'(.*)'$/s.exec(value)?.[1];
    return header !== undefined && literal !== undefined && isHeader(header, literal) ? [[header.toLowerCase(), literal]] : [];
  });
  if (!headers.some(([name]) => name === "content-type")) headers.unshift(["content-type", "application/json"]);
  return headers;
}
