/**
 * Static friction, dynamic friction and how fast one falls to the other with the slip, as a share
 * of the bow's speed.
 */
const STATIC = 0.8;
const DYNAMIC = 0.3;
const FALL_VELOCITY = 0.15;

/**
 * Velocity that the bow adds to the string in one sample. `pull` is the bow's velocity less the
 * string's own (its two arriving waves); `force` is the bow force over twice the string's wave
 * impedance, so both are velocities. Hyperbolic friction curve; the string sticks whenever friction
 * can hold it, else the slipping root is solved in closed form (McIntyre, Schumacher and Woodhouse
 * 1983; Smith, Physical Audio Signal Processing, "Bowed Strings").
 */
export function bowPull(pull: number, force: number): number {
  const distance = Math.abs(pull);
  if (distance <= force * STATIC) return pull;
  const held = force * DYNAMIC;
  const reach = FALL_VELOCITY + distance;
  const inside = (reach - held) ** 2 - 4 * force * (STATIC - DYNAMIC) * FALL_VELOCITY;
  const friction = (held + reach - Math.sqrt(Math.max(0, inside))) / 2;
  return pull < 0 ? -friction : friction;
}
