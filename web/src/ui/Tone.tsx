import type { ReactNode } from 'react';

const tones = {
  good: { background: 'var(--t-won-bg)', color: 'var(--t-won)' },
  bad: { background: 'var(--t-lost-bg)', color: 'var(--t-lost)' },
  idle: { background: 'var(--t-surface-2)', color: 'var(--t-text)' },
};

export type ToneName = keyof typeof tones;

/** A state as a word on its colour; readable in both themes. */
export const Tone = ({ tone = 'idle', children }: { tone?: ToneName; children: ReactNode }) => (
  <span style={{ ...tones[tone], padding: '2px 9px', borderRadius: 20, fontSize: 12, fontWeight: 600, whiteSpace: 'nowrap' }}>
    {children}
  </span>
);
