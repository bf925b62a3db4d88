// What an entry of SAM's Policies allows, in plain words: for the inspector, which shows them instead of JSON.
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { inRow, words, type Words, type WordsValue } from "../words.ts";
import { templateSentence } from "./policyTemplateWords.ts";
import { mentionedIds } from "./references.ts";
import { listOf, textOf } from "./view.ts";

/** broad: it allows more than a function usually needs; denied: it forbids. */
export type PolicyTone = "plain" | "broad" | "denied";

export interface PolicySentence {
  readonly words: Words;
  readonly tone: PolicyTone;
}

/** A sentence for each thing that it allows; only own statements have several. */
export function policyWords(policy: Json): readonly PolicySentence[] {
  if (typeof policy === "string") return [managedWords(policy)];
  if (!isJsonObject(policy)) return [plain(words("No policy that SAM knows"))];
  if (policy["Fn::If"] !== undefined) return conditionalWords(policy["Fn::If"]);
  if (policy["Statement"] !== undefined) return listOf(policy["Statement"]).map((statement) => statementWords(statement));
  const [name, isOnly] = [Object.keys(policy)[0] ?? "", Object.keys(policy).length === 1];
  if (name === "Ref" || name.startsWith("Fn::")) return [plain(words("What {{name}} allows", { name: nameOf(policy) }))];
  const argument = policy[name];
  const known = isOnly ? templateSentence(name, nameOfArgument(argument)) : undefined;
  if (known === undefined) return [plain(words("No policy that SAM knows"))];
  return [isJsonObject(argument) && Object.values(argument).includes("*") ? broad(known) : plain(known)];
}

/** What it is written as: the template's or the managed policy's name. */
export function policyName(policy: Json): WordsValue {
  if (typeof policy === "string") return policy.slice(policy.lastIndexOf("/") + 1);
  if (!isJsonObject(policy)) return String(policy);
  if (policy["Statement"] !== undefined) return words("Own statements");
  const [name = ""] = Object.keys(policy);
  if (name === "Fn::If") return words("Under a condition");
  return name === "Ref" || name.startsWith("Fn::") ? words("Managed policy") : name;
}

/** `TableName` comes before whatever else a template is given. */
function nameOfArgument(argument: Json | undefined): WordsValue {
  const [first] = isJsonObject(argument) ? Object.values(argument) : [];
  return first === undefined || first === null || first === "" ? words("nothing yet") : nameOf(first);
}

function conditionalWords(branches: Json): readonly PolicySentence[] {
  const [condition, then, otherwise] = listOf(branches);
  const sentences = (policy: Json | undefined, when: (what: Words) => Words): PolicySentence[] =>
    policy === undefined || isNoValue(policy) ? [] : policyWords(policy).map((one) => ({ ...one, words: when(one.words) }));
  const name = textOf(condition) ?? "";
  return [
    ...sentences(then, (what) => words("{{what}}, if {{condition}}", { what, condition: name })),
    ...sentences(otherwise, (what) => words("{{what}}, unless {{condition}}", { what, condition: name })),
  ];
}

function isNoValue(value: Json): boolean {
  return isJsonObject(value) && value["Ref"] === "AWS::NoValue";
}

/** The few that functions are often given; what others hold, only AWS's documentation says. */
const managed: Readonly<Record<string, PolicySentence>> = {
  AWSLambdaBasicExecutionRole: plain(words("Writes logs")),
  AWSLambdaVPCAccessExecutionRole: plain(words("Writes logs, and reaches into a VPC")),
  AWSLambdaSQSQueueExecutionRole: plain(words("Writes logs, and receives messages from every queue")),
  AWSLambdaDynamoDBExecutionRole: plain(words("Writes logs, and reads the changes of every table")),
  AWSLambdaKinesisExecutionRole: plain(words("Writes logs, and reads records of every stream")),
  AWSXRayDaemonWriteAccess: plain(words("Writes traces to X-Ray")),
  AWSLambdaRole: broad(words("Invokes every function")),
  AdministratorAccess: broad(words("May do everything on everything")),
  PowerUserAccess: broad(words("May do everything but manage users and accounts")),
  ReadOnlyAccess: broad(words("Reads everything")),
};

function managedWords(policy: string): PolicySentence {
  const name = policy.slice(policy.lastIndexOf("/") + 1);
  const known = Object.hasOwn(managed, name) ? managed[name] : undefined;
  if (known !== undefined) return known;
  const [, full] = /^(?:Amazon|AWS)(\w+?)_?FullAccess$/.exec(name) ?? [];
  if (full !== undefined) return broad(words("May do everything in {{service}}", { service: full }));
  const [, read] = /^(?:Amazon|AWS)(\w+?)_?ReadOnlyAccess$/.exec(name) ?? [];
  if (read !== undefined) return plain(words("Reads everything in {{service}}", { service: read }));
  return plain(words("What {{name}} allows", { name }));
}

/** `May use dynamodb:GetItem on Orders` */
export function statementWords(statement: Json): PolicySentence {
  if (!isJsonObject(statement) || isIntrinsicMap(statement)) return plain(words("What {{name}} allows", { name: nameOf(statement) }));
  const { Action: action, NotAction: otherActions, Resource: resource, NotResource: otherResources, Condition: condition } = statement;
  const actions = namesOf(otherActions ?? action, actionName);
  const resources = namesOf(otherResources ?? resource, nameOf);
  const isAll = otherActions === undefined && listOf(action).includes("*");
  const isEverything = otherResources === undefined && listOf(resource).includes("*");
  const doing = otherActions === undefined ? actions : words("everything but {{names}}", { names: actions });
  const on = isEverything
    ? words("everything")
    : otherResources === undefined
      ? resources
      : words("all but {{names}}", { names: resources });
  const isDenied = statement["Effect"] === "Deny";
  const what = sentenceOf(isDenied, isAll, isEverything, { doing, on });
  const isBroad = isAll || isEverything || otherActions !== undefined || otherResources !== undefined || listOf(action).some(isWhole);
  return {
    words: isJsonObject(condition) ? words("{{what}}, under conditions", { what }) : what,
    tone: isDenied ? "denied" : isBroad ? "broad" : "plain",
  };
}

function sentenceOf(isDenied: boolean, isAll: boolean, isEverything: boolean, values: { doing: WordsValue; on: WordsValue }): Words {
  const { doing, on } = values;
  if (isAll && isEverything) return isDenied ? words("Must not do anything at all") : words("May do everything on everything");
  if (isAll) return isDenied ? words("Must not do anything on {{on}}", { on }) : words("May do everything on {{on}}", { on });
  return isDenied ? words("Must not use {{doing}} on {{on}}", { doing, on }) : words("May use {{doing}} on {{on}}", { doing, on });
}

function isWhole(action: Json): boolean {
  return typeof action === "string" && action.endsWith(":*");
}

function actionName(action: Json): WordsValue {
  return isWhole(action) ? words("everything of {{service}}", { service: String(action).slice(0, -2) }) : nameOf(action);
}

/** The first three, each once: a table and its indexes are one name. */
function namesOf(value: Json | undefined, name: (value: Json) => WordsValue): WordsValue {
  const seen = new Map(listOf(value).map((one) => [JSON.stringify(name(one)), name(one)]));
  const names = [...seen.values()];
  if (names.length === 0) return words("nothing yet");
  const [last = ""] = names.slice(-1);
  if (names.length === 1) return last;
  if (names.length <= 3) return words("{{one}} and {{other}}", { one: inRow(names.slice(0, -1), ", "), other: last });
  return words("{{names}} and {{others}} more", { names: inRow(names.slice(0, 3), ", "), others: names.length - 3 });
}

/** What a value of the template names: the logical ID in it, or the end of an ARN. */
function nameOf(value: Json): WordsValue {
  if (value === "") return words("nothing yet");
  const id = mentionedIds(value).find((one) => !one.startsWith("AWS::"));
  if (id !== undefined) return id;
  const text = textOf(value) ?? substituted(value);
  if (text === undefined) return isJsonObject(value) ? (Object.keys(value)[0] ?? "") : String(value);
  const parts = text.split(":");
  return parts[0] === "arn" && parts.length > 5 ? parts.slice(5).join(":") : text;
}

/** `arn:…:s3:::logs-…`: a Sub that names nothing of the template. */
function substituted(value: Json): string | undefined {
  const argument = isJsonObject(value) ? value["Fn::Sub"] : undefined;
  return textOf(argument)?.replace(/\$\{[^}]*\}/g, "…");
}

function isIntrinsicMap(value: JsonObject): boolean {
  const [name = ""] = Object.keys(value);
  return name === "Ref" || name.startsWith("Fn::");
}

function plain(sentence: Words): PolicySentence {
  return { words: sentence, tone: "plain" };
}

function broad(sentence: Words): PolicySentence {
  return { words: sentence, tone: "broad" };
}
