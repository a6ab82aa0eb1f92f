import { IconCircle, IconTrophy, IconX } from '@tabler/icons-react';

const looks = {
  open: { icon: IconCircle, name: 'Open' },
  won: { icon: IconTrophy, name: 'Won' },
  lost: { icon: IconX, name: 'Lost' },
} as const;

/** Won, lost or open: a word, an icon and a colour. */
export const StatusBadge = ({ status }: { status: 'open' | 'won' | 'lost' }) => {
  const { icon: Icon, name } = looks[status];
  return (
    <span
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 4,
        paddingInline: 8,
        borderRadius: 99,
        fontSize: 12,
        lineHeight: '20px',
        fontWeight: 600,
        color: `var(--t-${status})`,
        background: `var(--t-${status}-bg)`,
      }}
    >
      <Icon size={12} aria-hidden />
      {name}
    </span>
  );
};
