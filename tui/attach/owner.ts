/** The process that opened the display, and cares for the terminal after it. */
export interface Owner {
  /** Passes a Ctrl-C on to it: it drains the run. */
  interrupt(): void;
}

/**
 * The owner at the other end of the channel, if there is one. `asked` is called when it wants the
 * display to leave, and `died` when it is gone without a word.
 */
export function ownerOf({ asked, died }: { asked: () => void; died: () => void }): Owner {
  process.on('message', (message) => {
    if (message === 'leave') asked();
  });
  process.once('disconnect', died);
  return {
    interrupt: () => {
      if (process.connected) process.send?.('interrupt');
    },
  };
}
