/** One take in so much time stays when material is old; ages and lengths in seconds. */
export interface Thinning {
  /** What is younger stays whole. */
  readonly afterSeconds: number;
  /** From one take to the next. */
  readonly everySeconds: number;
  /** How long a take is. */
  readonly takeSeconds: number;
}

/**
 * What is kept of runs, and how: the `archive:` of a scenario. Ages are those of the music: how
 * long ago it sounded, also where it was computed faster than it sounds.
 */
export interface ArchivePolicy {
  /** What is older goes, and finished runs as a whole; undefined keeps for ever. */
  readonly keepSeconds?: number | undefined;
  /** Bytes of all runs of the archive's folder together. */
  readonly maxBytes?: number | undefined;
  readonly thin?: Thinning | undefined;
  /** What sound becomes once it is older than `packAfterSeconds`. */
  readonly sound: 'float' | 'flac';
  /** Whether mels stay once they are older than `packAfterSeconds`. */
  readonly mel: 'keep' | 'drop';
  readonly packAfterSeconds: number;
  /** How often the journal is forced to the disk, in seconds. */
  readonly sync: number | 'always' | 'none';
  /** From one checkpoint to the next; undefined for none. */
  readonly checkpointSeconds?: number | undefined;
}

/** The policy of a scenario without `archive:`: everything stays as it was said. */
export const ARCHIVE_POLICY_DEFAULT: ArchivePolicy = {
  sound: 'float',
  mel: 'keep',
  packAfterSeconds: 3600,
  sync: 10,
  checkpointSeconds: 60,
};

/** Whether a policy ever takes something away or packs it. */
export function tidies(policy: ArchivePolicy): boolean {
  const { keepSeconds, maxBytes, thin, sound, mel } = policy;
  const limits = [keepSeconds, maxBytes, thin].some((limit) => limit !== undefined);
  return limits || sound === 'flac' || mel === 'drop';
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** Reads a written size (`800MB`, `20GB`, `1.5 TiB`, or bytes); undefined when it is none. */
export function parseSize(text: string | number): number | undefined {
  if (typeof text === 'number') return Number.isFinite(text) && text >= 0 ? text : undefined;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?i?b)?\s*$/i.exec(text);
  const unit = match === null ? undefined : UNITS[(match[2] ?? 'B').toUpperCase()];
  return match === null || unit === undefined ? undefined : Math.round(Number(match[1]) * unit);
}

/** Bytes as people read them: `20 GB`, `1.4 MB`, `312 B`. */
export function sizeText(bytes: number): string {
  const unit = (['TB', 'GB', 'MB', 'KB'] as const).find((u) => bytes >= (UNITS[u] as number));
  if (unit === undefined) return `${Math.round(bytes)} B`;
  const value = bytes / (UNITS[unit] as number);
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${unit.replace('K', 'k')}`;
}

/** Seconds as people write them: `14d`, `6h`, `10min`, `2.5s`. */
export function spanText(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ] as const;
  const whole = units.find(([size]) => seconds >= size && seconds % size === 0);
  if (whole !== undefined) return `${seconds / whole[0]}${whole[1]}`;
  return `${Number(seconds.toFixed(3))}s`;
}
