// The live display, in a process of its own: attaches to an engine and draws what it tells.
// React's development build leaks at every frame, so this is said before anything loads it.
process.env['NODE_ENV'] = 'production';
const { show } = await import('./show.js');
const { readArguments } = await import('./program-arguments.js');
const { argv } = process;
if (argv.length > 2) show(readArguments(argv.slice(2)));
else awaitOrder();

/** Waits for the one who started it to say what to show, and leaves with them. */
function awaitOrder(): void {
  const leave = (): never => process.exit(0);
  process.once('disconnect', leave);
  process.on('message', function hear(message: { readonly show?: readonly string[] }): void {
    if (message.show === undefined) return;
    process.off('disconnect', leave);
    process.off('message', hear);
    show(readArguments(message.show));
  });
}
