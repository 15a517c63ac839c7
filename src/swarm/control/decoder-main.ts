// The entry of a thread that decodes one recording and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { loadAudio } from '../../audio/index.js';
import { messageOf } from '../../core/index.js';
import type { Decoded, ToDecode } from './decoder.js';

const { path, sampleRate } = workerData as ToDecode;

const decoded: Decoded = await loadAudio(path, { sampleRate, mono: true }).then(
  (audio) => ({ ok: true, audio }),
  (error: unknown) => ({ ok: false, says: messageOf(error) }),
);
parentPort?.postMessage(decoded);
