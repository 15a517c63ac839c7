/** The process that opened the display, and cares for the terminal after it. */
export interface Owner {
  /** Passes a Ctrl-C on to it: it drains the run. */
  interrupt(): void;
}

/**
 * The owner at the other end of the channel, if there is one; `gone` is called when it wants the
 * display to leave, or has died.
 */
export function ownerOf(gone: () => void): Owner {
  process.once('disconnect', gone);
  return {
    interrupt: () => {
      if (process.connected) process.send?.('interrupt');
    },
  };
}
