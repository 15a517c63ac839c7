import type { Samples } from '../core/index.js';
import type { Entrance, Job, Part } from './performer.js';

/** What the engine asks of an agent process; every request is answered by its ticket. */
export type TroupeRequest = { readonly ticket: number; readonly agent: string } & (
  | { readonly type: 'start'; readonly part: Part; readonly entrance?: Entrance }
  | { readonly type: 'save' }
  | { readonly type: 'receive'; readonly job: Job }
  | { readonly type: 'stop'; readonly now: Samples }
);

/** What an agent process answers: an outcome to `receive`, a packed state to `save`. */
export type TroupeReply = { readonly ticket: number } & (
  | { readonly ok: true; readonly answer?: unknown }
  | { readonly ok: false; readonly says: string }
);
