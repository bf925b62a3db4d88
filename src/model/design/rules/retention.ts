import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
const withSnapshots =
  /^AWS::(EC2::Volume|ElastiCache::(CacheCluster|ReplicationGroup)|Neptune::DB(Cluster|Instance)|DocDB::DBCluster|RDS::DB(Cluster|Instance)|Redshift::Cluster)$/;

/** Whether what shall become of a resource, when it is deleted or replaced, can be done with it. */
export function checkRetention({ view, report }: CheckInput): void {
  for (const { id, type, written, path } of view.resources.values()) {
    for (const name of ["DeletionPolicy", "UpdateReplacePolicy"]) {
      if (written[name] !== "Snapshot" || withSnapshots.test(type)) continue;
      const message = words("{{name}} of {{id}} is Snapshot, but CloudFormation takes no snapshots of {{type}}. Use Retain or Delete.", {
        name,
        id,
        type,
      });
      const fix = { title: words("Use Retain"), command: { type: "setProperty" as const, id, path: name, value: "Retain" } };
      report({ severity: "warning", rule: "design.no-snapshot", message, path: [...path, name], fix });
    }
  }
}
