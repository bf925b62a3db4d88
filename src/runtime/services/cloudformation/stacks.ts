import type { DeployDifference, DeployResult } from "../../../model/run.ts";
import type { Json } from "../../../model/json.ts";
import { isJsonObject } from "../../../model/json.ts";
import type { Problem } from "../../../model/problem.ts";
import { locateFindings, type References, resolveValue } from "../../../model/template/resolve.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Deployment } from "../../kernel/deployment.ts";
import type { Call, ResourceProvider, ServiceEnvironment } from "../../kernel/service.ts";
import { applyTemplate, referencesTo, remove, type ApplyContext } from "./applyTemplate.ts";
import { withEndpoint } from "./changes.ts";
import { isCustomType, type CustomResources } from "./customResource.ts";
import { designDifference } from "./designDifference.ts";
import { differenceOf } from "./difference.ts";
import { genericProvider, isInert } from "./genericProvider.ts";
import { type NestedStacks, withTemplateText } from "./nestedStacks.ts";
import { readTemplate, refuse, type ReadTemplate } from "./readTemplate.ts";
import { dependentsFirst } from "./resourceOrder.ts";
import type { KeptResource, Nesting, Stack, StackOutput, StackParameter, StackStatus } from "./stack.ts";
import type { StackStore } from "./stackStore.ts";
import { said, verbatim, words } from "../../../model/words.ts";

export interface StackRequest extends Omit<Deployment, "projectDirectory"> {
  readonly projectDirectory: string | null;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Of a stack that is a resource of another. */
  readonly nesting?: Nesting;
}

/** Stacks: created, updated and deleted one change at a time. */
export interface Stacks {
  deploy(request: StackRequest, call: Call): Promise<DeployResult>;
  difference(request: StackRequest, region: string): DeployDifference;
  delete(stack: Stack, call: Call): Promise<void>;
  newStackId(stackName: string, region: string): string;
}

export function createStacks(environment: ServiceEnvironment, store: StackStore, custom: CustomResources, nested: NestedStacks): Stacks {
  const { kernel, accountId } = environment;
  /** Stacks that this process has deployed: their resources carry its addresses. */
  const deployed = new Set<string>();

  for (const stack of store.all()) {
    for (const { ref, designId } of store.resources(stack.id).values())
      if (ref !== null) kernel.resources.bind(ref.service, ref.name, ref.region, stack.nesting?.designId ?? ref.logicalId ?? designId);
  }

  function newStackId(stackName: string, region: string): string {
    return `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${kernel.ids.uuid()}`;
  }

  function providerOf(type: string): ResourceProvider | undefined {
    return isCustomType(type) ? custom.provider : kernel.provider(type);
  }

  function contextOf(stack: Stack, previous: Stack | undefined, call: Call): ApplyContext {
    return {
      call,
      stackName: stack.name,
      fallback: genericProvider,
      complete: (type, properties) => withTemplateText(type, properties, stack.projectDirectory ?? ""),
      shownAs: stack.nesting?.designId,
      provider: providerOf,
      projectDirectory: stack.projectDirectory ?? "",
      previousProjectDirectory: previous?.projectDirectory ?? "",
      isFirst: !deployed.has(stack.id),
      keep: (resource) => store.saveResource(stack.id, resource),
      forget: (resource) => store.removeResource(stack.id, resource.logicalId),
      report(resource, status, reason) {
        store.addEvent(stack.id, {
          eventId: `${resource.logicalId}-${status}-${kernel.ids.uuid()}`,
          logicalId: resource.logicalId,
          physicalId: resource.physicalId,
          type: resource.type,
          at: kernel.clock.now(),
          status,
          reason: reason ?? null,
        });
      },
    };
  }

  /** Saves the stack with its new status, and says so among its events. */
  function become(stack: Stack, status: StackStatus, changes: Partial<Stack> = {}, reason: string | null = null): Stack {
    const next: Stack = { ...stack, ...changes, status, statusReason: reason };
    store.save(next);
    store.addEvent(stack.id, {
      eventId: kernel.ids.uuid(),
      logicalId: stack.name,
      physicalId: stack.id,
      type: "AWS::CloudFormation::Stack",
      at: kernel.clock.now(),
      status,
      reason,
    });
    return next;
  }

  /** With the addresses of this process. */
  function resourcesOf(stack: Stack | undefined): Map<string, KeptResource> {
    if (stack === undefined) return new Map();
    return new Map(
      [...store.resources(stack.id)].map(([id, resource]) => [id, withEndpoint(resource, stack.endpoint, environment.endpoint())]),
    );
  }

  function referencesIn(stackName: string, region: string, current: ReadonlyMap<string, KeptResource>): References {
    return { ...referencesTo(current, region, accountId), exported: (name) => exportOf(name, stackName, region)?.value };
  }

  /** What another stack exports under a name. */
  function exportOf(name: string, stackName: string, region: string): { readonly stackName: string; readonly value: Json } | undefined {
    for (const stack of store.all(region)) {
      const output = stack.outputs.find(({ exportName }) => exportName === name);
      if (output !== undefined && stack.name !== stackName && stack.status !== "DELETE_COMPLETE")
        return { stackName: stack.name, value: output.value };
    }
    return undefined;
  }

  async function deploy(request: StackRequest, call: Call): Promise<DeployResult> {
    const { region } = call;
    const previous = store.find(request.stackName, region);
    const stackId = previous?.id ?? newStackId(request.stackName, region);
    const current = resourcesOf(previous);
    const designBefore = designIds(current.values());
    const template = readTemplate({ ...request, stackId, region, accountId }, referencesIn(request.stackName, region, current));
    const now = call.now();
    const isCreate = previous === undefined || previous.status === "ROLLBACK_COMPLETE";
    // From here on everything kept carries this process's address, whether the deployment succeeds or not.
    if (previous !== undefined && previous.endpoint !== environment.endpoint())
      for (const resource of current.values()) store.saveResource(stackId, resource);
    const begun = become(
      {
        name: request.stackName,
        id: stackId,
        region,
        status: "CREATE_IN_PROGRESS",
        statusReason: null,
        createdAt: previous?.createdAt ?? now,
        updatedAt: isCreate ? null : now,
        description: descriptionOf(template),
        originalTemplate: request.templateText,
        processedTemplate: template.processed,
        parameters: parametersOf(template),
        outputs: previous?.outputs ?? [],
        tags: request.tags,
        projectDirectory: request.projectDirectory,
        endpoint: environment.endpoint(),
        templatePath: request.templatePath,
        ...(request.nesting !== undefined && { nesting: request.nesting }),
        ...(request.assets !== undefined && { assets: request.assets }),
      },
      isCreate ? "CREATE_IN_PROGRESS" : "UPDATE_IN_PROGRESS",
      {},
      "User Initiated",
    );
    const context = contextOf(begun, previous, call);
    try {
      const applied = await applyTemplate(template, current, context);
      const outputs = outputsOf(template);
      refuseTakenExports(outputs, template, request.stackName, region);
      const cleaned = await applied.cleanUp();
      become(begun, isCreate ? "CREATE_COMPLETE" : "UPDATE_COMPLETE", { outputs });
      deployed.add(stackId);
      const children = nested.reportsOf(stackId);
      return {
        difference: designDifference(
          { added: applied.added, changed: applied.changed, removed: cleaned.removed },
          designBefore,
          designIds(template.resources),
        ),
        outputs: Object.fromEntries(outputs.map(({ key, value }) => [key, value])),
        files: [...template.files, ...children.flatMap((child) => child.files)],
        problems: [
          ...template.problems,
          ...notRun(template, providerOf),
          ...keptOnly(template, current),
          ...cleaned.problems.map((problem) => ({ ...problem, file: request.templatePath })),
          ...children.flatMap((child) => child.problems),
        ],
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (previous === undefined) become(begun, "ROLLBACK_COMPLETE", {}, reason);
      else become(previous, isCreate ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE", { endpoint: begun.endpoint }, reason);
      throw error;
    }
  }

  return {
    newStackId,
    deploy,
    difference(request, region) {
      const previous = store.find(request.stackName, region);
      const current = resourcesOf(previous);
      const stackId = previous?.id ?? `arn:aws:cloudformation:${region}:${accountId}:stack/${request.stackName}/new`;
      const template = readTemplate({ ...request, stackId, region, accountId }, referencesIn(request.stackName, region, current));
      const complete: ApplyContext["complete"] = (type, properties) => withTemplateText(type, properties, request.projectDirectory ?? "");
      return designDifference(differenceOf(template, current, complete), designIds(current.values()), designIds(template.resources));
    },
    async delete(stack, call) {
      const context = contextOf(stack, stack, call);
      const begun = become(stack, "DELETE_IN_PROGRESS", {}, "User Initiated");
      const problems: Problem[] = [];
      for (const resource of dependentsFirst([...store.resources(stack.id).values()])) {
        const { ref, ...previous } = resource;
        const failures = await remove(
          resource,
          resource.deletionPolicy,
          {
            ...previous,
            ...(ref !== null && { ref }),
            stackName: stack.name,
            projectDirectory: stack.projectDirectory ?? "",
          },
          context,
        );
        problems.push(...failures);
        if (failures.length === 0) store.removeResource(stack.id, resource.logicalId);
      }
      const [problem] = problems;
      if (problem === undefined) become(begun, "DELETE_COMPLETE");
      else become(begun, "DELETE_FAILED", {}, problem.message);
    },
  };

  function refuseTakenExports(outputs: readonly StackOutput[], { document }: ReadTemplate, stackName: string, region: string): void {
    const findings = outputs.flatMap(({ key, exportName }) => {
      const other = exportName === null ? undefined : exportOf(exportName, stackName, region);
      const message = verbatim(`Export with name ${exportName} is already exported by stack ${other?.stackName}.`);
      return other === undefined ? [] : [{ rule: "template.export", ...said(message), path: ["Outputs", key, "Export", "Name"] }];
    });
    refuse(document.path, locateFindings(document, findings));
  }

  function outputsOf(template: ReadTemplate): StackOutput[] {
    return template.outputs.map(({ key, value, description, exportName }) => {
      const resolvedValue = resolveValue(value, template.scope, ["Outputs", key, "Value"]);
      const resolvedName =
        exportName === undefined ? undefined : resolveValue(exportName, template.scope, ["Outputs", key, "Export", "Name"]);
      refuse(template.document.path, locateFindings(template.document, [...resolvedValue.findings, ...(resolvedName?.findings ?? [])]));
      return {
        key,
        value: scalar(resolvedValue.value),
        description,
        exportName: typeof resolvedName?.value === "string" ? resolvedName.value : null,
      };
    });
  }
}

function designIds(resources: Iterable<{ readonly logicalId: string; readonly designId: string }>): Map<string, string> {
  return new Map([...resources].map(({ logicalId, designId }) => [logicalId, designId]));
}

/** Outputs are text; a list or map would be refused by AWS. */
function scalar(value: Json | undefined): Json {
  if (value === undefined || value === null || typeof value === "object") {
    throw new AwsError("ValidationError", "Template format error: Output values must be of type String.");
  }
  return String(value);
}

function descriptionOf(template: ReadTemplate): string | null {
  const description = template.processed["Description"];
  return typeof description === "string" ? description : null;
}

function parametersOf(template: ReadTemplate): StackParameter[] {
  return Object.entries(template.parameterDeclarations).map(([key, declaration]) => {
    const value = template.scope.parameters[key];
    return {
      key,
      value: Array.isArray(value) ? value.join(",") : String(value ?? ""),
      isHidden: isJsonObject(declaration) && String(declaration["NoEcho"]) === "true",
    };
  });
}

/** Resources of types that run here, which do not for a reason of their own. */
function keptOnly({ document }: ReadTemplate, current: ReadonlyMap<string, KeptResource>): Problem[] {
  const findings = [...current.values()].flatMap(({ logicalId, designId, type, notRunReason }) =>
    notRunReason === undefined
      ? []
      : [
          {
            rule: "deploy.kept",
            ...said(words("{{id}} ({{type}}) is kept, but not run: {{reason}}", { id: logicalId, type, reason: notRunReason })),
            path: ["Resources", designId],
          },
        ],
  );
  return locateFindings(document, findings, "warning");
}

function notRun(template: ReadTemplate, providerOf: (type: string) => ResourceProvider | undefined): Problem[] {
  const unknown = template.resources.filter(({ type }) => providerOf(type) === undefined && !isInert(type));
  return [...Map.groupBy(unknown, ({ type }) => type)].flatMap(([type, resources]) => {
    const [first] = resources;
    const names = resources.map(({ logicalId }) => logicalId).join(", ");
    const message =
      resources.length === 1
        ? words("{{type}} is not run locally yet: {{names}} can be referred to, but does nothing.", { type, names })
        : words("{{type}} is not run locally yet: {{names}} can be referred to, but do nothing.", { type, names });
    return locateFindings(
      template.document,
      [{ rule: "deploy.not-run", ...said(message), path: ["Resources", first?.designId ?? ""] }],
      "info",
    );
  });
}
