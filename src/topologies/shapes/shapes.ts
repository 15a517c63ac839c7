import type { Shape } from '../shape.js';
import { babel } from './babel.js';
import { dialogue } from './dialogue.js';
import { forkingPaths } from './forking-paths.js';
import { mesh } from './mesh.js';
import { ouroboros } from './ouroboros.js';
import { ring } from './ring.js';
import { star } from './star.js';
import { tree } from './tree.js';

const ALL = [ouroboros, dialogue, babel, ring, star, mesh, tree, forkingPaths] as readonly Shape[];

/** The named topologies, in the order of the design. */
export const SHAPES: ReadonlyMap<string, Shape> = new Map(ALL.map((shape) => [shape.name, shape]));
