import { describe, expect, it } from 'vitest';
import { natsAccess } from '../../src/bus/nats-address.js';

describe('the address of a NATS server', () => {
  it('may name a user, whose password is never shown', () => {
    expect(natsAccess(['nats://ear:p%40ss@host:4222', 'nats://other'])).toEqual({
      servers: ['nats://host:4222', 'nats://other'],
      user: 'ear',
      pass: 'p@ss',
    });
    expect(natsAccess(['nats://t0ken@host'])).toEqual({ servers: ['nats://host'], token: 't0ken' });
    expect(natsAccess(['nats://host:4222'])).toEqual({ servers: ['nats://host:4222'] });
  });
});
