import { expect, it } from 'vitest';
import { pointsOf } from './PointsEditor';

const before = [
  { value: 'a@x.test', label: 'home', primary: true },
  { value: 'b@x.test', label: 'work', primary: false },
];

it('a line keeps what it was called, and the first that is left is the main one', () => {
  expect(pointsOf(['c@x.test', 'b@x.test', ''], before)).toEqual([
    { value: 'c@x.test', label: 'home', primary: true },
    { value: 'b@x.test', label: 'work', primary: false },
  ]);
  expect(pointsOf([' ', 'b@x.test', 'new@x.test'], before)).toEqual([
    { value: 'b@x.test', label: 'work', primary: true },
    { value: 'new@x.test', label: 'work', primary: false },
  ]);
});
