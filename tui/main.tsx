// The live display, in a process of its own: attaches to an engine and draws what it tells.
// React's development build leaks at every frame, so this is said before anything loads it.
process.env['NODE_ENV'] = 'production';
const { show } = await import('./show.js');
const { readArguments } = await import('./program-arguments.js');
show(readArguments(process.argv.slice(2)));
