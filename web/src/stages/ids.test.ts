import { expect, it } from 'vitest';
import { slugOf, toBase32 } from './ids';

// From the API's own answers: GET /api/v1/stages, and AutomateNexus' of the same stage.
it('spells uids in base32', () => {
  expect(toBase32('00000000-0000-0000-0000-000000000000')).toBe('0'.repeat(26));
  expect(toBase32('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe(`7${'z'.repeat(25)}`);
});

it('makes words of names', () => expect([slugOf('Contact made'), slugOf('Größe prüfen!')]).toEqual(['contact_made', 'grosse_prufen']));
