import type { JsonObject } from "../../../model/json.ts";
import type { PropertyDefinition, ServiceDefinition } from "../../../model/service.ts";
import { words, type WordsValue } from "../../../model/words.ts";

const parameters: PropertyDefinition = {
  path: "Parameters",
  title: "Parameters",
  help: "Values for the parameters of the nested template: text, or lists, which are joined with commas.",
  control: { type: "json" },
};

function location(path: string, help: string): PropertyDefinition {
  return { path, title: "Template", help, control: { type: "file", extensions: ["yaml", "yml", "json", "template"] }, required: true };
}

const tags: PropertyDefinition = {
  path: "Tags",
  title: "Tags",
  section: "Tags",
  help: "Put on the stack and everything in it.",
  control: { type: "tags" },
};

/** The design says more, once it has read the template. */
function subtitle(properties: JsonObject): WordsValue {
  const file = properties["TemplateURL"] ?? properties["Location"];
  return typeof file === "string" ? file : words("Nested stack");
}

const differences = ["A template in S3 or in the AWS Serverless Application Repository is kept, not run."];

const userPoolProperties: readonly PropertyDefinition[] = [
  { path: "UserPoolName", title: "Name", help: "1 to 128 characters. Left empty, CloudFormation makes one.", control: { type: "text" } },
  {
    path: "UsernameAttributes",
    title: "Sign in with",
    help: "What users sign in with instead of a name: email, phone_number or both. It cannot be changed later.",
    control: { type: "json" },
  },
  {
    path: "AutoVerifiedAttributes",
    title: "Verified",
    help: "What Cognito verifies by a code: email, phone_number or both.",
    control: { type: "json" },
  },
  {
    path: "MfaConfiguration",
    title: "Second factor",
    help: "Whether users need a second factor to sign in.",
    control: { type: "choice", options: ["OFF", "OPTIONAL", "ON"] },
    defaultValue: "OFF",
  },
  {
    path: "DeletionProtection",
    title: "Deletion protection",
    help: "While it is ACTIVE, AWS refuses to delete the pool.",
    control: { type: "choice", options: ["INACTIVE", "ACTIVE"] },
    defaultValue: "INACTIVE",
  },
  {
    path: "Policies.PasswordPolicy.MinimumLength",
    title: "Shortest password",
    section: "Passwords",
    help: "6 to 99 characters.",
    control: { type: "number", min: 6, max: 99 },
    defaultValue: 8,
  },
  {
    path: "Policies.PasswordPolicy.RequireSymbols",
    title: "Needs a symbol",
    section: "Passwords",
    help: "A password needs one of the symbols that AWS lists.",
    control: { type: "toggle" },
  },
  {
    path: "UserPoolTags",
    title: "Tags",
    section: "Tags",
    help: "A map of names to values, put on the pool.",
    control: { type: "json" },
  },
];

/** The project itself is a stack and is not drawn; stacks inside it are, each as one resource. */
export const cloudformation = {
  id: "cloudformation",
  title: "AWS CloudFormation",
  resourceTypes: [
    {
      type: "AWS::CloudFormation::Stack",
      title: "Nested stack",
      category: "other",
      icon: "stack",
      attributes: ["Outputs"],
      refGives: "ID (an ARN)",
      properties: [location("TemplateURL", "A template of this project, relative to this template's folder."), parameters, tags],
      palette: [
        {
          title: "Nested stack",
          idPrefix: "Stack",
          keywords: ["cloudformation", "nested", "stack", "template", "module"],
          properties: { TemplateURL: "{file}/template.yaml" },
          files: [{ path: "{file}/template.yaml", text: nestedTemplate() }],
        },
      ],
      subtitle,
      connections: [],
      runs: true,
      differences,
    },
    {
      type: "AWS::Serverless::Application",
      title: "Nested application",
      category: "other",
      icon: "stack",
      attributes: ["Outputs"],
      refGives: "ID (an ARN)",
      properties: [location("Location", "A template of this project, relative to this template's folder."), parameters, tags],
      palette: [],
      subtitle,
      connections: [],
      runs: true,
      differences,
    },
    // architects draw who signs in, though nobody signs in here
    {
      type: "AWS::Cognito::UserPool",
      title: "User pool",
      category: "identity",
      icon: "user-pool",
      attributes: ["Arn", "ProviderName", "ProviderURL", "UserPoolId"],
      refGives: "ID",
      properties: userPoolProperties,
      palette: [
        {
          title: "User pool",
          idPrefix: "UserPool",
          keywords: ["cognito", "identity", "users", "sign in", "login", "authentication", "jwt"],
          properties: { UsernameAttributes: ["email"], AutoVerifiedAttributes: ["email"] },
        },
      ],
      subtitle: () => words("User pool"),
      connections: [],
      runs: false,
    },
  ],
} as const satisfies ServiceDefinition;

function nestedTemplate(): string {
  return `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources: {}
`;
}
