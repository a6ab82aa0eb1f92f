import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { readClock, readFaults } from '../explorer/steering';
import { useFormat } from '../ui/useFormat';

/** Says that what is shown is a sandbox, which day it is there, and what goes wrong on purpose. */
export const SandboxBadge = () => {
  const format = useFormat();
  const { data: clock } = useQuery({ queryKey: ['sandbox', 'clock'], queryFn: readClock, refetchInterval: 15_000 });
  const { data: faults } = useQuery({ queryKey: ['sandbox', 'faults'], queryFn: readFaults, refetchInterval: 15_000 });
  const parts = [
    'Sandbox',
    clock && `clock ${format.dayOfInstant(clock.now)}${clock.frozen ? ' (stands)' : ''}`,
    faults && faults.length > 0 && `${faults.length} fault ${faults.length === 1 ? 'rule' : 'rules'}`,
  ];
  return (
    <Badge
      component={Link}
      to="/explorer?tab=state"
      variant="light"
      color="violet.9"
      tt="none"
      visibleFrom="sm"
      style={{ cursor: 'pointer' }}
      title="A throw-away server with fixed data, for tests"
    >
      {parts.filter(Boolean).join(' · ')}
    </Badge>
  );
};
