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
  ],
} as const satisfies ServiceDefinition;

function nestedTemplate(): string {
  return `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources: {}
`;
}
