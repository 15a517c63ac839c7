/** Seconds as a clock shows them: `0:52.34`, `1:02:03.50`. */
export function clockLabel(seconds: number, decimals = 2): string {
  const unit = 10 ** decimals;
  const ticks = Math.round(seconds * unit);
  const whole = Math.floor(ticks / unit);
  const rest = decimals === 0 ? '' : `.${String(ticks % unit).padStart(decimals, '0')}`;
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}${rest}` : `${m}:${two(s)}${rest}`;
}
