import type { Command } from 'commander';

/** A command as the list of commands shows it; its module is loaded only when it is called. */
export interface CommandDoor {
  readonly name: string;
  readonly summary: string;
  /** Loads the module and lets it add its arguments, options and action to the command. */
  load(): Promise<(command: Command) => Command>;
}

/** Every command, in the order of a first day: look, check, play, then the parts. */
export const DOORS: readonly CommandDoor[] = [
  {
    name: 'run',
    summary: 'play a scenario: its sound, journal and summary go to a run folder',
    load: async () => (await import('./commands/run.js')).declareRun,
  },
  {
    name: 'top',
    summary: 'watch a run that plays here or over NATS',
    load: async () => (await import('./commands/top.js')).declareTop,
  },
  {
    name: 'replay',
    summary: 'play a run again and certify that it is the same, byte for byte',
    load: async () => (await import('./commands/replay.js')).declareReplay,
  },
  {
    name: 'fork',
    summary: 'enter a run at a moment of its past, and go another way',
    load: async () => (await import('./commands/fork.js')).declareFork,
  },
  {
    name: 'resume',
    summary: 'go on with a run that was killed, lost its power or was stopped',
    load: async () => (await import('./commands/resume.js')).declareResume,
  },
  {
    name: 'rebuild',
    summary: 'make something a run said again, from what it was made of',
    load: async () => (await import('./commands/rebuild.js')).declareRebuild,
  },
  {
    name: 'why',
    summary: 'tell what a sound of a run descends from, through all laps',
    load: async () => (await import('./commands/why.js')).declareWhy,
  },
  {
    name: 'descendants',
    summary: 'tell what came of an envelope',
    load: async () => (await import('./commands/why.js')).declareDescendants,
  },
  {
    name: 'archive',
    summary: 'list, show, verify and tidy what runs left behind',
    load: async () => (await import('./commands/archive.js')).declareArchive,
  },
  {
    name: 'compare',
    summary: 'say where runs part, and how far they go apart',
    load: async () => (await import('./commands/compare.js')).declareCompare,
  },
  {
    name: 'check',
    summary: 'report everything that is wrong with a scenario, and start nothing',
    load: async () => (await import('./commands/check.js')).declareCheck,
  },
  {
    name: 'draw',
    summary: 'draw a scenario as text, Mermaid or SVG',
    load: async () => (await import('./commands/draw.js')).declareDraw,
  },
  {
    name: 'drift',
    summary: 'how the sounds of a run drift, narrow and repeat, by lap or over time',
    load: async () => (await import('./commands/drift.js')).declareDrift,
  },
  {
    name: 'kinds',
    summary: 'list the kinds of agent, their ports and params',
    load: async () => (await import('./commands/kinds.js')).declareKinds,
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of scenarios, for editors',
    load: async () => (await import('./commands/schema.js')).declareSchema,
  },
  {
    name: 'agent',
    summary: 'play some agents of a scenario whose run is elsewhere, over NATS',
    load: async () => (await import('./commands/agent.js')).declareAgent,
  },
  {
    name: 'bus-config',
    summary: 'write keys for everybody on the bus of a scenario, and a server that knows them',
    load: async () => (await import('./commands/bus-config.js')).declareBusConfig,
  },
  {
    name: 'install-service',
    summary: 'let systemd play a scenario for ever, and go on after whatever ended it',
    load: async () => (await import('./commands/install-service.js')).declareInstallService,
  },
  {
    name: 'models',
    summary: 'import, create, list, show, pair and run networks',
    load: async () => (await import('./commands/models.js')).declareModels,
  },
  {
    name: 'corpus',
    summary: 'render labelled recordings to train from',
    load: async () => (await import('./commands/corpus.js')).declareCorpus,
  },
  {
    name: 'train',
    summary: 'train a network on a folder of recordings; resumable at any moment',
    load: async () => (await import('./commands/train.js')).declareTrain,
  },
  {
    name: 'picture',
    summary: 'draw a sound as a spectrogram, or a watched run as its dashboard',
    load: async () => (await import('./commands/picture.js')).declarePicture,
  },
  {
    name: 'site',
    summary: 'write runs as pages: sound, score, ancestry, what happened; opens from a folder',
    load: async () => (await import('./commands/site.js')).declareSite,
  },
  {
    name: 'atlas',
    summary: 'send probes round every loop and agent, and draw where they come to rest',
    load: async () => (await import('./commands/atlas.js')).declareAtlas,
  },
  {
    name: 'rehearse',
    summary: 'play weeks in minutes with light stand-ins and seeded mishaps; certify what held',
    load: async () => (await import('./commands/rehearse.js')).declareRehearse,
  },
  {
    name: 'generate',
    summary: 'make sound files with a una-GAN and a mel-GAN, without a scenario',
    load: async () => (await import('./commands/generate.js')).declareGenerate,
  },
  {
    name: 'describe',
    summary: 'analyse recordings: MFCC-39, simple descriptors, log-mel',
    load: async () => (await import('./commands/describe.js')).declareDescribe,
  },
  {
    name: 'bench',
    summary: 'measure a part beside its plain peer',
    load: async () => (await import('./commands/bench.js')).declareBench,
  },
  {
    name: 'doctor',
    summary: 'say what is there, and the one command that mends each gap',
    load: async () => (await import('./commands/doctor.js')).declareDoctor,
  },
];
