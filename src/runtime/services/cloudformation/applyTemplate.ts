import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { Problem } from "../../../model/problem.ts";
import { locateFindings, resolveValue, type References } from "../../../model/template/resolve.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { DeployError } from "../../kernel/deployment.ts";
import { NotRunLocally } from "../../kernel/notRunLocally.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";
import { changedProperties, isSameJson } from "./changes.ts";
import { isCustomType } from "./customResource.ts";
import { attributeOf } from "./keptForms.ts";
import { nestedStackType } from "./nestedStacks.ts";
import { refuse, type PlannedResource, type ReadTemplate } from "./readTemplate.ts";
import { dependentsFirst, inOrder } from "./resourceOrder.ts";
import type { KeptResource, ResourceStatus } from "./stack.ts";
import { said, words } from "../../../model/words.ts";

/** What the deployment has to know and to tell. */
export interface ApplyContext {
  readonly call: Call;
  readonly stackName: string;
  readonly projectDirectory: string;
  readonly previousProjectDirectory: string;
  /** Asks every provider to take its resource up again: the first deployment of this process. */
  readonly isFirst: boolean;
  provider(type: string): ResourceProvider | undefined;
  fallback: ResourceProvider;
  /** Resolved properties with what else a type goes by: the text of a nested stack's template. */
  complete(type: string, properties: JsonObject): JsonObject;
  /** The resource in which all of this stack shows, when it is nested in another. */
  readonly shownAs: string | undefined;
  keep(resource: KeptResource): void;
  forget(resource: KeptResource): void;
  report(resource: { logicalId: string; type: string; physicalId: string }, status: ResourceStatus, reason?: string): void;
}

export interface Applied {
  readonly added: readonly string[];
  readonly changed: readonly { readonly logicalId: string; readonly properties: readonly string[]; readonly isReplaced: boolean }[];
  /** Deletes what is no longer in the template and what was replaced; to be called once all else is well. */
  cleanUp(): Promise<{ readonly removed: readonly string[]; readonly problems: readonly Problem[] }>;
}

/** Physical ids and attributes of what is deployed so far, for intrinsic functions. */
export function referencesTo(current: ReadonlyMap<string, KeptResource>, region: string, accountId: string): References {
  return {
    ref: (logicalId) => current.get(logicalId)?.physicalId,
    attribute(logicalId, name) {
      const resource = current.get(logicalId);
      if (resource === undefined) return undefined;
      const value = resource.attributes[name] ?? nested(resource.attributes, name);
      if (value !== undefined) return value;
      return resource.isRun ? undefined : attributeOf(resource.type, resource.physicalId, resource.properties, name, region, accountId);
    },
  };
}

/**
 * Creates and updates resources until they are what the template says. When one fails, everything done so far is undone and
 * the failure thrown, so that the stack from before keeps serving. `current` is changed as things go.
 */
export async function applyTemplate(template: ReadTemplate, current: Map<string, KeptResource>, context: ApplyContext): Promise<Applied> {
  const added: string[] = [];
  const changed: { logicalId: string; properties: readonly string[]; isReplaced: boolean }[] = [];
  const replaced: KeptResource[] = [];
  const undo: (() => Promise<void>)[] = [];
  const planned = new Map(template.resources.map((resource) => [resource.logicalId, resource]));
  const gone = [...current.values()].filter((resource) => !planned.has(resource.logicalId));

  async function ensure(plan: PlannedResource): Promise<void> {
    const { properties: written, metadata } = resolved(template, plan, context.provider(plan.type) !== undefined);
    const properties = context.complete(plan.type, written);
    const resource: StackResource = {
      stackName: context.stackName,
      logicalId: plan.logicalId,
      designId: plan.designId,
      type: plan.type,
      properties,
      metadata,
      projectDirectory: context.projectDirectory,
    };
    const before = current.get(plan.logicalId);
    if (before === undefined || before.type !== plan.type) {
      const after = await create(resource, plan);
      undo.push(() => removeAgain(after, before));
      if (before === undefined) added.push(plan.logicalId);
      else {
        replaced.push(before);
        changed.push({ logicalId: plan.logicalId, properties: ["Type"], isReplaced: true });
      }
      return;
    }
    const differing = changedProperties(before.properties, properties);
    const isSame = differing.length === 0 && isSameJson(before.metadata, metadata);
    // What changed inside a nested stack only shows when that is looked at.
    if (isSame && !context.isFirst && plan.type !== nestedStackType) {
      remember({ ...before, designId: plan.designId, dependsOn: plan.dependsOn, deletionPolicy: plan.deletionPolicy });
      return;
    }
    const { isReplaced } = await update(resource, plan, before, isSame);
    if (differing.length > 0) changed.push({ logicalId: plan.logicalId, properties: differing, isReplaced });
  }

  async function create(resource: StackResource, plan: PlannedResource): Promise<KeptResource> {
    context.report({ ...resource, physicalId: "" }, "CREATE_IN_PROGRESS");
    const kept = await attempt(resource, "created", "CREATE_FAILED", () => made(resource, plan));
    remember(kept);
    context.report(kept, "CREATE_COMPLETE");
    return kept;
  }

  /** What cannot run here, by its properties or because what it needs does not, is kept as types without a service are. */
  async function made(resource: StackResource, plan: PlannedResource): Promise<KeptResource> {
    const provider = context.provider(resource.type);
    let reason: string | undefined;
    if (provider !== undefined) {
      try {
        return keptResource(resource, plan, await provider.create(resource, context.call), true, "CREATE_COMPLETE");
      } catch (error) {
        reason = whyKept(error, plan);
        if (reason === undefined) throw error;
      }
    }
    const kept = keptResource(resource, plan, await context.fallback.create(resource, context.call), false, "CREATE_COMPLETE");
    return reason === undefined ? kept : { ...kept, notRunReason: reason };
  }

  function whyKept(error: unknown, plan: PlannedResource): string | undefined {
    if (!(error instanceof AwsError)) return undefined;
    const cause = plan.dependsOn.find((id) => current.get(id)?.notRunReason !== undefined);
    // what was not found is what is only kept
    const isOfCause = cause !== undefined && /NotFound|DoesNotExist/.test(error.code);
    if (error instanceof NotRunLocally && !isOfCause) return error.message;
    return cause === undefined ? undefined : `It needs ${cause}, which does not run.`;
  }

  /** What was only kept so far may run now; if not, it stays what it was for those that refer to it. */
  async function makeRun(resource: StackResource, plan: PlannedResource, before: KeptResource): Promise<{ isReplaced: boolean }> {
    const after = await attempt(resource, "updated", "UPDATE_FAILED", () => made(resource, plan));
    remember(after.isRun ? after : { ...after, physicalId: before.physicalId, attributes: before.attributes });
    undo.push(async () => (after.isRun ? await removeAgain(after, before) : remember(before)));
    return { isReplaced: after.isRun };
  }

  async function update(
    resource: StackResource,
    plan: PlannedResource,
    before: KeptResource,
    isSame: boolean,
  ): Promise<{ isReplaced: boolean }> {
    if (!before.isRun && context.provider(resource.type) !== undefined) return await makeRun(resource, plan, before);
    const provider = context.provider(resource.type) ?? context.fallback;
    const previous = previousOf(before);
    // What a function of the user made is only touched when its properties change.
    if (isSame && isCustomType(before.type)) return { isReplaced: false };
    if (!isSame) context.report(before, "UPDATE_IN_PROGRESS");
    const outcome = await attempt(resource, "updated", "UPDATE_FAILED", async () => {
      try {
        return (await provider.update?.(resource, previous, context.call)) ?? (isSame ? previous : "replace");
      } catch (error) {
        if (error instanceof NotRunLocally) return "replace";
        throw error;
      }
    });
    if (outcome === "replace") {
      const after = await create(resource, plan);
      replaced.push(before);
      undo.push(() => removeAgain(after, before));
      return { isReplaced: true };
    }
    const after = keptResource(resource, plan, outcome, context.provider(resource.type) !== undefined, "UPDATE_COMPLETE");
    remember(after);
    if (!isSame) context.report(after, "UPDATE_COMPLETE");
    const isOther = isCustomType(resource.type) && after.physicalId !== before.physicalId;
    if (isOther) replaced.push(before);
    undo.push(async () => {
      const back = await provider.update?.(previous, previousOf(after), context.call);
      remember(back === undefined || back === "replace" ? before : { ...before, physicalId: back.physicalId, attributes: back.attributes });
      context.report(before, "UPDATE_COMPLETE");
    });
    return { isReplaced: isOther };
  }

  async function removeAgain(after: KeptResource, before: KeptResource | undefined): Promise<void> {
    context.report(after, "DELETE_IN_PROGRESS");
    await providerFor(after, context).delete({ ...previousOf(after), projectDirectory: context.projectDirectory }, context.call);
    context.report(after, "DELETE_COMPLETE");
    current.delete(after.logicalId);
    if (before === undefined) context.forget(after);
    else remember(before);
  }

  async function attempt<Result>(
    resource: StackResource,
    verb: "created" | "updated",
    status: ResourceStatus,
    run: () => Promise<Result> | Result,
  ): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.report({ ...resource, physicalId: current.get(resource.logicalId)?.physicalId ?? "" }, status, reason);
      if (!(error instanceof AwsError)) throw error;
      const path = ["Resources", resource.designId];
      const { logicalId: id, type } = resource;
      const what =
        verb === "created"
          ? words("{{id}} ({{type}}) could not be created: {{reason}}", { id, type, reason })
          : words("{{id}} ({{type}}) could not be updated: {{reason}}", { id, type, reason });
      const finding = { rule: "deploy.failed", ...said(what), path };
      throw new DeployError(finding.message, locateFindings(template.document, [finding]));
    }
  }

  function previousOf(kept: KeptResource): StackResource & Deployed {
    return {
      stackName: context.stackName,
      logicalId: kept.logicalId,
      designId: kept.designId,
      type: kept.type,
      properties: kept.properties,
      metadata: kept.metadata,
      projectDirectory: context.previousProjectDirectory,
      physicalId: kept.physicalId,
      attributes: kept.attributes,
      ...(kept.ref !== null && { ref: kept.ref }),
    };
  }

  function remember(kept: KeptResource): void {
    current.set(kept.logicalId, kept);
    context.keep(kept);
    const { ref, designId } = kept;
    if (ref !== null) context.call.kernel.resources.bind(ref.service, ref.name, ref.region, context.shownAs ?? ref.logicalId ?? designId);
  }

  function keptResource(
    resource: StackResource,
    plan: PlannedResource,
    deployed: Deployed,
    isRun: boolean,
    status: ResourceStatus,
  ): KeptResource {
    return {
      logicalId: resource.logicalId,
      designId: resource.designId,
      type: resource.type,
      physicalId: deployed.physicalId,
      attributes: deployed.attributes,
      properties: resource.properties,
      metadata: resource.metadata,
      dependsOn: plan.dependsOn,
      deletionPolicy: plan.deletionPolicy,
      ref: deployed.ref ?? null,
      isRun,
      status,
      updatedAt: context.call.now(),
    };
  }

  try {
    await inOrder(
      template.resources.map(({ logicalId, dependsOn }) => ({ id: logicalId, dependsOn })),
      async (id) => {
        const plan = planned.get(id);
        if (plan !== undefined) await ensure(plan);
      },
    );
  } catch (error) {
    for (const step of undo.toReversed()) {
      // What cannot be undone is told, and the rest undone all the same.
      await step().catch((failure: unknown) =>
        context.call.log({ at: context.call.now(), level: "error", message: `Rollback: ${String(failure)}` }),
      );
    }
    throw error;
  }

  return {
    added,
    changed,
    async cleanUp() {
      const problems: Problem[] = [];
      const retained = new Map(template.resources.map((plan) => [plan.logicalId, plan.updateReplacePolicy]));
      for (const old of dependentsFirst([...replaced, ...gone])) {
        const isGone = !planned.has(old.logicalId);
        const policy = isGone ? old.deletionPolicy : (retained.get(old.logicalId) ?? "Delete");
        problems.push(...(await remove(old, policy, previousOf(old), context)));
        if (!isGone) continue;
        current.delete(old.logicalId);
        context.forget(old);
      }
      return { removed: gone.map((resource) => resource.logicalId), problems };
    },
  };
}

function providerFor(kept: KeptResource, context: Pick<ApplyContext, "provider" | "fallback">): ResourceProvider {
  return (kept.isRun ? context.provider(kept.type) : undefined) ?? context.fallback;
}

/** Deletes a resource unless its policy keeps it; what cannot be deleted is a warning, as on AWS. */
export async function remove(
  old: KeptResource,
  policy: string,
  previous: StackResource & Deployed,
  context: Pick<ApplyContext, "call" | "provider" | "fallback" | "report">,
): Promise<Problem[]> {
  if (policy.startsWith("Retain")) {
    context.report(old, "DELETE_SKIPPED");
    return [];
  }
  context.report(old, "DELETE_IN_PROGRESS");
  try {
    await providerFor(old, context).delete(previous, context.call);
    context.report(old, "DELETE_COMPLETE");
    return [];
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    context.report(old, "DELETE_FAILED", error.message);
    return [
      {
        severity: "warning",
        rule: "deploy.not-deleted",
        ...said(
          words("{{id}} ({{name}}) could not be deleted and stays: {{reason}}", {
            id: old.logicalId,
            name: old.physicalId,
            reason: error.message,
          }),
        ),
        file: "",
        resource: old.designId,
      },
    ];
  }
}

function resolved(template: ReadTemplate, plan: PlannedResource, isRun: boolean): { properties: JsonObject; metadata: JsonObject } {
  // What SAM made has its place where it was written.
  const path = ["Resources", plan.designId];
  const properties = resolveValue(plan.properties, template.scope, [...path, "Properties"]);
  const metadata = resolveValue(plan.metadata, template.scope, [...path, "Metadata"]);
  // What is not run can do without the value of `{{resolve:…}}`.
  const findings = properties.findings.filter(({ rule }) => isRun || rule !== "template.dynamic-reference");
  refuse(template.document.path, locateFindings(template.document, findings));
  return { properties: objectOf(properties.value), metadata: objectOf(metadata.value) };
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** `Endpoint.Address` of attributes `{Endpoint: {Address}}`. */
function nested(attributes: Readonly<Record<string, Json>>, name: string): Json | undefined {
  let value: Json | undefined = { ...attributes };
  for (const part of name.split(".")) value = isJsonObject(value) ? value[part] : undefined;
  return value;
}
