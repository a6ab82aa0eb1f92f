import { expect, it } from 'vitest';
import type { Person } from '../api/types';
import { preview } from './merge';

const person = (over: Partial<Person>) => ({ name: 'Ann', email: null, phone: null, job_title: null, notes: null, ...over }) as Person;

it('keeps what the survivor has and takes what it lacks', () => {
  const lines = preview(person({ email: 'ann@one.test' }), person({ name: 'Ann B.', email: 'ann@two.test', phone: '123' }));
  expect(lines).toEqual([
    { label: 'name', values: ['Ann', 'Ann B.'], result: 'Ann' },
    { label: 'email', values: ['ann@one.test', 'ann@two.test'], result: 'ann@one.test' },
    { label: 'phone', values: ['', '123'], result: '123' },
  ]);
});

it('leaves out what neither has', () => {
  expect(preview(person({}), person({})).map(line => line.label)).toEqual(['name']);
});
