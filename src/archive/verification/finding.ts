/** Something in a run's folder that is not as it was written. */
export interface Finding {
  /**
   * `torn`: cut off at the very end, as a kill leaves it; `chain`: a changed or missing line;
   * `end`: the journal is shorter than the summary says; `blob`, `checkpoint`, `sound`: a file;
   * `parent`, `order`, `lap`: a history that cannot be.
   */
  readonly kind:
    | 'torn'
    | 'chain'
    | 'end'
    | 'blob'
    | 'checkpoint'
    | 'sound'
    | 'parent'
    | 'order'
    | 'lap';
  /** A file, and the line where there is one: `…/journal/000001.jsonl:17`. */
  readonly where: string;
  readonly says: string;
}
