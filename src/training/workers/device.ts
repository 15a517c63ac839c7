/**
 * The environment in which a worker sees one graphics card of its own, where the engine computes
 * on one: the worker's turn among those that are visible here, all where none are named.
 */
export function deviceOf(
  worker: number,
  engine: string,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  if (engine !== 'tensorflow') return env;
  const visible = (env['CUDA_VISIBLE_DEVICES'] ?? '').split(',').filter((name) => name !== '');
  const device = visible.length === 0 ? String(worker) : visible[worker % visible.length];
  // Or else the first process takes the whole memory of a card that several must share.
  return { ...env, CUDA_VISIBLE_DEVICES: device, TF_FORCE_GPU_ALLOW_GROWTH: 'true' };
}
