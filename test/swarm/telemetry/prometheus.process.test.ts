import { describe, expect, it } from 'vitest';
import { Broadcast, serveMetrics } from '../../../src/swarm/index.js';
import { alertOf, sceneOf, stateAt } from '../../telemetry/sample-records.js';

describe('the figures for Prometheus', () => {
  it('are served to this machine, from the latest that was told', async () => {
    const broadcast = new Broadcast();
    const place = await serveMetrics(0, broadcast);
    expect(place).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    try {
      expect(await (await fetch(place)).text()).toBe('\n');
      broadcast.tell(sceneOf('abcd1234'));
      broadcast.tell(stateAt(3));
      broadcast.tell(alertOf(1));
      broadcast.tell({ type: 'life', seconds: 3, variety: 0.5 });
      const answer = await fetch(place);
      expect(answer.headers.get('content-type')).toContain('text/plain');
      const text = await answer.text();
      const run = 'run="abcd1234"';
      for (const line of [
        `demiurge_seconds_total{${run}} 3`,
        `demiurge_agent_emitted_total{agent="mel",${run}} 5`,
        `demiurge_link_bytes_total{link="0",from="mel.audio",to="mel.mel",${run}} 4096`,
        `demiurge_loop_gain_db{loop="1",${run}} -0.4`,
        `demiurge_variety{${run}} 0.5`,
        `demiurge_alert{word="LATE",subject="mel",level="look",${run}} 1`,
      ]) {
        expect(text.split('\n')).toContain(line);
      }
      expect(text).not.toContain('demiurge_drift');
      broadcast.tell(alertOf(1, 4));
      expect(await (await fetch(place)).text()).not.toContain('demiurge_alert');
      expect((await fetch(place.replace('metrics', ''))).status).toBe(404);
      await expect(serveMetrics(Number(new URL(place).port), broadcast)).rejects.toThrow(/port/);
    } finally {
      await broadcast.close();
    }
    await expect(fetch(place)).rejects.toThrow();
  });
});
