/** One thing the doctor looked at. */
export interface Finding {
  readonly name: string;
  /** `ok`, `missing` but not needed, or `broken`: nothing sounds without it. */
  readonly state: 'ok' | 'missing' | 'broken';
  readonly says: string;
  /** The one command that mends it; absent when there is nothing to mend. */
  readonly mend?: string;
}

/** Something that is there. */
export function ok(name: string, says: string): Finding {
  return { name, state: 'ok', says };
}

/** Something that is not there, what is done without it, and how to get it. */
export function missing(name: string, says: string, mend: string): Finding {
  return { name, state: 'missing', says, mend };
}

/** Something without which nothing sounds, and how to mend it. */
export function broken(name: string, says: string, mend: string): Finding {
  return { name, state: 'broken', says, mend };
}
