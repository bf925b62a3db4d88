import type { PropertyDefinition } from "../../../model/service.ts";

// Sections and properties that the forms of HTTP and REST APIs have in common.

export const stage = "Stage";
export const cors = "CORS";
export const access = "Access";
export const definition = "Definition";
export const limitsSection = "Throttling";
export const observation = "Logs and tracing";

export const name = (path: string): PropertyDefinition => ({
  path,
  title: "Name",
  help: "Shown in the console; the address holds the API's id instead.",
  control: { type: "text" },
});

export const description: PropertyDefinition = {
  path: "Description",
  title: "Description",
  help: "What the API is for.",
  control: { type: "text" },
};

export const disableDefaultEndpoint: PropertyDefinition = {
  path: "DisableExecuteApiEndpoint",
  title: "Close the default address",
  section: access,
  help: "Leaves only custom domain names; the execute-api address answers 404 (HTTP) or 403 (REST).",
  control: { type: "toggle" },
  defaultValue: false,
};

export const auth: PropertyDefinition = {
  path: "Auth",
  title: "Authorizers",
  section: access,
  help: "Authorizers by name, and which one guards routes that name none (DefaultAuthorizer).",
  control: { type: "json" },
};

export const domain: PropertyDefinition = {
  path: "Domain",
  title: "Custom domain",
  section: access,
  help: "DomainName, CertificateArn and base paths. Not served locally: use the default address.",
  control: { type: "json" },
};
