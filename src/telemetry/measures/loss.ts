/** What of a link's messages was lost. */
export interface LinkLoss {
  readonly lost: number;
  /** Of those that were sent, in per cent. */
  readonly percent: number;
}

/** The loss of a link from its counts. */
export function lossOf({ sent, dropped }: { sent: number; dropped: number }): LinkLoss {
  return { lost: dropped, percent: sent === 0 ? 0 : (100 * dropped) / sent };
}
