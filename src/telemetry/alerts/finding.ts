import type { Alert } from '../life.js';

/** What a rule finds to be wrong at this moment. */
export type Finding = Omit<Alert, 'type' | 'id' | 'over'>;
