import { expect, it } from 'vitest';
import { chosenFields } from './cardFields';

it('lets every pipeline choose, and falls back on what was chosen for all', () => {
  const cardFields = { all: ['region'], '2': [] };

  expect([chosenFields({ cardFields }, 1), chosenFields({ cardFields }, 2), chosenFields({ cardFields: {} }, 1)]).toEqual([
    ['region'],
    [],
    [],
  ]);
});
