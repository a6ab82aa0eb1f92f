import { Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { components } from '../api/types';

type Point = components['schemas']['ContactPoint'];
type Props = { label: string; points: Point[]; onSave: (points: Point[]) => void; close: () => void };

/** The points that were typed: empty ones are gone, the first one is the main one, and each keeps what it was called. */
export const pointsOf = (texts: string[], before: Point[]): Point[] =>
  texts
    .map((text, at) => ({ value: text.trim(), label: before[at]?.label ?? 'work' }))
    .filter(point => point.value)
    .map((point, at) => ({ ...point, primary: at === 0 }));

/** E-mail addresses or telephone numbers, a line each and one to add; Enter or leaving saves, Escape does not. */
export const PointsEditor = ({ label, points, onSave, close }: Props) => {
  const before = [...points].sort((a, b) => Number(b.primary) - Number(a.primary));
  const [texts, setTexts] = useState([...before.map(point => point.value), '']);
  const save = () => {
    const after = pointsOf(texts, before);
    if (JSON.stringify(after) !== JSON.stringify(before)) onSave(after);
    close();
  };
  return (
    <Stack gap={4} onBlur={event => !event.currentTarget.contains(event.relatedTarget) && save()}>
      {texts.map((text, at) => (
        <TextInput
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
          key={at}
          aria-label={at === 0 ? label : at === before.length ? `Another: ${label}` : `${label} ${at + 1}`}
          placeholder={at === before.length && at > 0 ? 'Another one' : undefined}
          autoFocus={at === 0}
          value={text}
          onChange={event => setTexts(texts.with(at, event.currentTarget.value))}
          onKeyDown={event => event.key === 'Enter' && save()}
        />
      ))}
    </Stack>
  );
};
