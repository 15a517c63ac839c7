import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { keysIn, listen } from '../../../tui/terminal/keyboard.js';

describe('the keyboard', () => {
  it('tells keys apart that come at once, as when somebody types fast', () => {
    expect(keysIn('\u001b[B\u001b[B\r')).toEqual(['down', 'down', 'enter']);
    expect(keysIn('/vio\u007f\t')).toEqual(['/', 'v', 'i', 'o', 'backspace', 'tab']);
    expect(keysIn('\u001b')).toEqual(['esc']);
    expect(keysIn('\u0003ä')).toEqual(['ctrl-c', 'ä']);
  });

  it('passes over what means nothing here', () => {
    expect(keysIn('\u001b[1;5C\u001b[<0;3;4M\u0001a')).toEqual(['a']);
  });

  it('hears every key as it is, unprocessed', () => {
    const raw: boolean[] = [];
    const keyboard = Object.assign(new EventEmitter(), {
      setRawMode: (on: boolean) => raw.push(on),
      setEncoding: () => {},
    });
    const pressed: string[] = [];
    listen(keyboard, (key) => pressed.push(key));
    keyboard.emit('data', 'q');
    expect([raw, pressed]).toEqual([[true], ['q']]);
  });
});
