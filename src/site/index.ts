// The archive as a site that writes itself: pages of runs that open from a folder.
export type { SiteOptions, SiteSum } from './write-site.js';
export { writeSite } from './write-site.js';
export type { SiteRun } from './tale/tale.js';
export type { SoundsKept } from './sounds/chosen-sounds.js';
export type { Curve, CurvePoint } from './pictures/curve-picture.js';
