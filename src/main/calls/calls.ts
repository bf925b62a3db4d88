import type { StudioCall, StudioInput, StudioOutputs } from "../../model/studioApi.ts";
import type { StudioSession } from "../session.ts";
import type { Shell } from "../studioServer.ts";

/** What a call is given besides its input. */
export interface CallContext {
  readonly session: StudioSession;
  readonly shell: Shell;
}

export type CallHandler<C extends StudioCall> = (
  input: StudioInput<C>,
  context: CallContext,
) => Promise<StudioOutputs[C]> | StudioOutputs[C];

/** Handlers of some of the calls: the files in this folder each give a part, and the compiler checks that none is missing. */
export type CallHandlers<C extends StudioCall> = { readonly [K in C]: CallHandler<K> };
