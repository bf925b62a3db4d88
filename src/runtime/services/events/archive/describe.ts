import type { Archive as DescribedArchive, Replay as DescribedReplay } from "@aws-sdk/client-eventbridge";
import type { Archive, Archives } from "./archives.ts";
import type { Replay } from "./replays.ts";

// Archives and replays as the API shows them.

export function describeArchive(archive: Archive, count: ReturnType<Archives["count"]>): DescribedArchive {
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.sourceArn,
    State: "ENABLED",
    RetentionDays: archive.retentionDays,
    SizeBytes: count.bytes,
    EventCount: count.events,
    CreationTime: new Date(archive.createdAt),
  };
}

export function describeReplay(replay: Replay): DescribedReplay {
  return {
    ReplayName: replay.name,
    EventSourceArn: replay.archiveArn,
    State: replay.state,
    ...(replay.reason !== undefined && { StateReason: replay.reason }),
    EventStartTime: new Date(replay.from),
    EventEndTime: new Date(replay.to),
    ...(replay.lastReplayedAt !== undefined && { EventLastReplayedTime: new Date(replay.lastReplayedAt) }),
    ReplayStartTime: new Date(replay.startedAt),
    ...(replay.endedAt !== undefined && { ReplayEndTime: new Date(replay.endedAt) }),
  };
}
