import type { ResourceRef } from "../../../model/trace.ts";
import type { OperationHandler, Service } from "../../kernel/service.ts";
import { states as definition } from "./definition.ts";
import { inspectStates, statesGauges } from "./inspect.ts";
import { createActivity } from "./operations/createActivity.ts";
import { createStateMachine } from "./operations/createStateMachine.ts";
import { createStateMachineAlias } from "./operations/createStateMachineAlias.ts";
import { deleteActivity } from "./operations/deleteActivity.ts";
import { deleteStateMachine } from "./operations/deleteStateMachine.ts";
import { deleteStateMachineAlias } from "./operations/deleteStateMachineAlias.ts";
import { deleteStateMachineVersion } from "./operations/deleteStateMachineVersion.ts";
import { describeActivity } from "./operations/describeActivity.ts";
import { describeExecution } from "./operations/describeExecution.ts";
import { describeMapRun } from "./operations/describeMapRun.ts";
import { describeStateMachine } from "./operations/describeStateMachine.ts";
import { describeStateMachineAlias } from "./operations/describeStateMachineAlias.ts";
import { describeStateMachineForExecution } from "./operations/describeStateMachineForExecution.ts";
import { getActivityTask } from "./operations/getActivityTask.ts";
import { getExecutionHistory } from "./operations/getExecutionHistory.ts";
import { listActivities } from "./operations/listActivities.ts";
import { listExecutions } from "./operations/listExecutions.ts";
import { listMapRuns } from "./operations/listMapRuns.ts";
import { listStateMachineAliases } from "./operations/listStateMachineAliases.ts";
import { listStateMachineVersions } from "./operations/listStateMachineVersions.ts";
import { listStateMachines } from "./operations/listStateMachines.ts";
import { listTagsForResource } from "./operations/listTagsForResource.ts";
import { publishStateMachineVersion } from "./operations/publishStateMachineVersion.ts";
import { redriveExecution } from "./operations/redriveExecution.ts";
import { sendTaskFailure } from "./operations/sendTaskFailure.ts";
import { sendTaskHeartbeat } from "./operations/sendTaskHeartbeat.ts";
import { sendTaskSuccess } from "./operations/sendTaskSuccess.ts";
import { startExecution } from "./operations/startExecution.ts";
import { startSyncExecution } from "./operations/startSyncExecution.ts";
import { stopExecution } from "./operations/stopExecution.ts";
import { tagResource } from "./operations/tagResource.ts";
import { testState } from "./operations/testState.ts";
import { untagResource } from "./operations/untagResource.ts";
import { updateMapRun } from "./operations/updateMapRun.ts";
import { updateStateMachine } from "./operations/updateStateMachine.ts";
import { updateStateMachineAlias } from "./operations/updateStateMachineAlias.ts";
import { validateStateMachineDefinition } from "./operations/validateStateMachineDefinition.ts";
import { activityProvider } from "./resources/activity.ts";
import { aliasProvider } from "./resources/alias.ts";
import { stateMachineProvider } from "./resources/stateMachine.ts";
import { versionProvider } from "./resources/version.ts";
import { States } from "./states.ts";

/** AWS Step Functions: state machines, run event by event from a log. */
export const statesService: Service = {
  definition,
  create(environment) {
    const states = new States(environment);
    return {
      operations: {
        CreateActivity: createActivity(states),
        CreateStateMachine: createStateMachine(states),
        CreateStateMachineAlias: createStateMachineAlias(states),
        DeleteActivity: deleteActivity(states),
        DeleteStateMachine: deleteStateMachine(states),
        DeleteStateMachineAlias: deleteStateMachineAlias(states),
        DeleteStateMachineVersion: deleteStateMachineVersion(states),
        DescribeActivity: describeActivity(states),
        DescribeExecution: describeExecution(states),
        DescribeMapRun: describeMapRun(states),
        DescribeStateMachine: describeStateMachine(states),
        DescribeStateMachineAlias: describeStateMachineAlias(states),
        DescribeStateMachineForExecution: describeStateMachineForExecution(states),
        GetActivityTask: getActivityTask(states),
        GetExecutionHistory: getExecutionHistory(states),
        ListActivities: listActivities(states),
        ListExecutions: listExecutions(states),
        ListMapRuns: listMapRuns(states),
        ListStateMachineAliases: listStateMachineAliases(states),
        ListStateMachineVersions: listStateMachineVersions(states),
        ListStateMachines: listStateMachines(states),
        ListTagsForResource: listTagsForResource(states),
        PublishStateMachineVersion: publishStateMachineVersion(states),
        RedriveExecution: redriveExecution(states),
        SendTaskFailure: sendTaskFailure(states),
        SendTaskHeartbeat: sendTaskHeartbeat(states),
        SendTaskSuccess: sendTaskSuccess(states),
        StartExecution: startExecution(states),
        StartSyncExecution: startSyncExecution(states),
        StopExecution: stopExecution(states),
        TagResource: tagResource(states),
        TestState: testState(states),
        UntagResource: untagResource(states),
        UpdateMapRun: updateMapRun(states),
        UpdateStateMachine: updateStateMachine(states),
        UpdateStateMachineAlias: updateStateMachineAlias(states),
        ValidateStateMachineDefinition: validateStateMachineDefinition(states),
      } satisfies Record<string, OperationHandler>,
      resources: {
        "AWS::StepFunctions::Activity": activityProvider(),
        "AWS::StepFunctions::StateMachine": stateMachineProvider(states),
        "AWS::StepFunctions::StateMachineAlias": aliasProvider(),
        "AWS::StepFunctions::StateMachineVersion": versionProvider(),
      },
      targetOf: (_operation, input) => targetOf(states, input),
      inspect: (name, region, query) => inspectStates(states, name, region, query),
      gauges: () => statesGauges(states),
      async arm() {
        states.runs.resume();
      },
      stop: () => states.stop(),
    };
  },
};

/** The machine that an ARN in the input belongs to. */
function targetOf(states: States, input: unknown): ResourceRef | null {
  if (typeof input !== "object" || input === null) return null;
  const arn = "stateMachineArn" in input ? input.stateMachineArn : "executionArn" in input ? input.executionArn : undefined;
  if (typeof arn !== "string") return null;
  const [, , , region, , type, name] = arn.split(/[:#]/);
  if (region === undefined || name === undefined || !/^(?:stateMachine|execution|express)$/.test(type ?? "")) return null;
  const machine = states.machines.find(region, name.split("/")[0] ?? name);
  return machine === undefined ? null : states.machines.ref(machine);
}
