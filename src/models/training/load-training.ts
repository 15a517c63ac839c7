/** Everything that trains. */
export type Training = typeof import('./index.js');

/** Loads the training room, and with it TensorFlow.js, which takes a third of a second. */
export function loadTraining(): Promise<Training> {
  return import('./index.js');
}
