// A single state machine's definition shown as a project: the template around it is in memory until somebody changes it.
import { readFile } from "node:fs/promises";
import path from "node:path";

const extension = /\.asl\.(json|ya?ml)$/i;

export function isStateMachineFile(file: string): boolean {
  return extension.test(file);
}

export interface SurroundingTemplate {
  /** Beside the definition, where it would be written. */
  readonly templatePath: string;
  readonly text: string;
}

/** The template that runs the definition; what it leaves open as `${Name}` becomes a parameter. */
export async function surroundingTemplate(file: string): Promise<SurroundingTemplate> {
  const definition = await readFile(file, "utf8");
  const name = path.basename(file).replace(extension, "");
  const open = [...new Set([...definition.matchAll(/\$\{([A-Za-z0-9]+)\}/g)].map(([, parameter = ""]) => parameter))];
  const lines = ['AWSTemplateFormatVersion: "2010-09-09"', "Transform: AWS::Serverless-2016-10-31", ""];
  if (open.length > 0) lines.push("Parameters:", ...open.map((parameter) => `  ${parameter}: { Type: String }`), "");
  lines.push("Resources:", `  ${logicalId(name)}:`, "    Type: AWS::Serverless::StateMachine", "    Properties:");
  lines.push(`      DefinitionUri: ${JSON.stringify(path.basename(file))}`);
  if (open.length > 0) lines.push("      DefinitionSubstitutions:", ...open.map((parameter) => `        ${parameter}: !Ref ${parameter}`));
  return { templatePath: `${name}.template.yaml`, text: `${lines.join("\n")}\n` };
}

/** `order-flow` → `OrderFlow` */
function logicalId(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join("") || "StateMachine";
}
