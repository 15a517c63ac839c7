import { render } from 'ink';
import { App } from './app.js';
import type { Drawn } from './terminal/drawing.js';
import type { ScreenStream } from './terminal/screen-stream.js';

/** Lets Ink draw; returns what ends that. */
export function mounted(drawn: Drawn, screen: ScreenStream): () => void {
  const app = render(
    <App frame={() => drawn.frame()} onChange={(draw) => changesOf(drawn, screen, draw)} />,
    {
      // Whole frames, unthrottled, to a stream that writes what changed.
      debug: true,
      stdout: screen as unknown as NodeJS.WriteStream,
      exitOnCtrlC: false,
      patchConsole: false,
    },
  );
  return () => app.unmount();
}

function changesOf(drawn: Drawn, screen: ScreenStream, draw: () => void): () => void {
  const stop = drawn.start(draw);
  screen.on('resize', draw);
  return () => {
    stop();
    screen.off('resize', draw);
  };
}
