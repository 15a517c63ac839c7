// The live display, in a process of its own: reads telemetry, one JSON record to a line, from
// stdin.
// React's development build leaks at every frame, so this is said before anything loads it.
process.env['NODE_ENV'] = 'production';
const { show } = await import('./show.js');
await show();
