import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { deriveDesign } from "../../src/model/design/derive.ts";
import { designProblems } from "../../src/model/design/rules.ts";
import { loadSchemas } from "../../src/model/schema/loadSchemas.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";

const folders = ["tests/model/sam", "tests/model/sam/own"];
const schemas = await loadSchemas();

/** True of many of these templates, which are written for the translator alone and some of them years ago. */
const trueOfMany = ["design.missing-transform", "design.retired-runtime"];

/** What AWS would refuse, though the translator passes it on, and what is not a good idea: each read, and found right. */
const deserved: Readonly<Record<string, readonly string[]>> = {
  "api_http_with_default_iam_authorizer.yaml": ["design.unknown-reference"], // its parameters and user pool are left out
  "api_rest_paths_with_if_condition_openapi_no_value_else_case.yaml": ["design.unknown-property"], // words of an HTTP API's authorizer
  "api_rest_paths_with_if_condition_swagger_no_value_else_case.yaml": ["design.unknown-property"],
  "api_rest_paths_with_if_condition_swagger_no_value_then_case.yaml": ["design.unknown-property"],
  "api_with_any_method_in_swagger.yaml": ["design.required-property", "design.unknown-reference"], // an authorizer without function
  "api_with_basic_custom_domain.yaml": ["design.same-address"], // two APIs at the root of the one domain of Globals
  "api_with_canary_setting.yaml": ["design.unknown-property"], // StageVariablesOverrides has an s too many
  "api_with_custom_base_path.yaml": ["design.unknown-reference"],
  "api_with_usageplans_shared_attributes_three.yaml": ["design.no-snapshot"],
  "basic_function_withimageuri.yaml": ["design.wrong-type"], // a command is a list
  "function_with_event_dest_basic.yaml": ["template.missing-condition"],
  "function_with_event_schedule_state.yaml": ["design.not-a-choice"], // Enabled in place of ENABLED
  "function_with_resource_refs.yaml": ["design.unknown-attribute", "design.unknown-property", "design.unknown-reference"], // no alias; a bucket has no Name
  "function_with_tracing.yaml": ["design.not-a-choice"], // Tracing: Hi
  "globals_for_function.yaml": ["design.not-a-choice", "design.snap-start"], // ALLOW in place of Allow; Python 2.7
  "http_api_existing_openapi.yaml": ["design.unknown-reference"],
  "http_api_with_cors.yaml": ["design.wrong-type"], // AWS::NoValue as a text, not as a Ref
  "layers_with_intrinsics.yaml": ["design.unknown-reference"],
  "resource_with_invalid_type.yaml": ["template.resource-type"],
  "schema_validation_1.yaml": ["design.unknown-reference", "workflow.schema-validation-failed"], // a task's Resource is no ARN
  "schema_validation_3.yaml": ["design.unknown-type"], // AWS::Foo::Bar
  "sns_existing_sqs.yaml": ["design.no-dead-letter-queue"],
  "state_machine_with_event_schedule_state.yaml": ["design.unknown-reference"],
  "state_machine_with_schedule.yaml": ["design.unknown-reference"],
  "connectors.yaml": ["design.no-dead-letter-queue", "design.policy"], // IAM takes no trust policy without statements
  "function-properties.yaml": ["template.false-condition"], // names a function whose condition is false
  "http-apis.yaml": ["template.false-condition"],
  "pull-events.yaml": ["design.no-dead-letter-queue"],
  "push-events.yaml": ["design.no-dead-letter-queue"],
  "unsupported_resources.yaml": ["design.unknown-type", "template.resource-type"], // AWS::Other::ABCD, and one without a type
};

test("templates that the official translator takes raise no false alarm", () => {
  const found: Record<string, string[]> = {};
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => ({ folder, name })));
  for (const { folder, name } of files.filter((file) => file.name.endsWith(".yaml"))) {
    const document = parseTemplate(readFileSync(`${folder}/${name}`, "utf8"), name);
    const context = { definitionOf, schemas, today: "2026-11-01" };
    const design = deriveDesign(document, context);
    const problems = [...document.problems, ...design.problems, ...designProblems(document, design, context)];
    const rules = problems.filter(({ severity, rule }) => severity !== "info" && !trueOfMany.includes(rule)).map(({ rule }) => rule);
    if (rules.length > 0) found[name] = [...new Set(rules)].sort();
  }
  expect(found).toEqual(deserved);
});
