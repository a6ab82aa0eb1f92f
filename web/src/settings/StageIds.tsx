import { ActionIcon, Code, CopyButton, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Stage } from '../api/types';
import { slugOf, toBase32 } from '../stages/ids';
import classes from './Settings.module.css';

const idsOf = (stage: Stage): [dialect: string, id: string][] => [
  ['Our own API', String(stage.id)],
  ['Pipedrive', stage.kind === 'open' ? String(stage.id) : `status ${stage.kind}`],
  ['YSuite', String(stage.id)],
  ['Switch', stage.uid ?? ''],
  ['AutomateNexus', `stage_${toBase32(stage.uid ?? '')}`],
  ['cPod', stage.kind === 'open' ? slugOf(stage.name) : `closed_${stage.kind}`],
];

/** What each API calls the stage. */
export const StageIds = ({ stage }: { stage: Stage }) => (
  <Popover position="bottom-start" shadow="md" width={330}>
    <Popover.Target>
      <UnstyledButton className={classes.ids} aria-label={`id ${stage.id}: ${stage.name} in each API`}>
        id {stage.id}
      </UnstyledButton>
    </Popover.Target>
    <Popover.Dropdown>
      <Stack gap={6}>
        {idsOf(stage).map(([dialect, id]) => (
          <div key={dialect} className={classes.idLine}>
            <Text size="xs" c="dimmed">
              {dialect}
            </Text>
            <Code className={classes.idText}>{id}</Code>
            <CopyButton value={id}>
              {({ copied, copy }) => (
                <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Copy the id for ${dialect}`} onClick={copy}>
                  {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
                </ActionIcon>
              )}
            </CopyButton>
          </div>
        ))}
      </Stack>
    </Popover.Dropdown>
  </Popover>
);
