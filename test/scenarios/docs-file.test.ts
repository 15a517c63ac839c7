import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../src/agents/index.js';
import { scenarioDocs, scenarioJsonSchema } from '../../src/scenarios/index.js';

// Made by the schema, kept as files: `npx vitest run test/scenarios/docs-file -u` writes them anew.
describe('the docs folder', () => {
  it('holds the scenario page as the schema makes it', async () => {
    const page = scenarioDocs(BUILT_IN_KINDS);
    await expect(page).toMatchFileSnapshot('../../docs/scenarios.md');
  });

  it('holds the editor schema as the schema makes it', async () => {
    const schema = `${JSON.stringify(scenarioJsonSchema(BUILT_IN_KINDS), null, 1)}\n`;
    await expect(schema).toMatchFileSnapshot('../../docs/scenario.schema.json');
  });
});
