import { List } from '@mantine/core';
import type { components } from '../api/types';

export type Run = components['schemas']['AutomationRun'];
/** What each action of a run came to. */
export const RunSteps = ({ steps }: { steps: Run['steps'] }) => (
  <List size="xs" type="ordered">
    {steps.map((step, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place.
      <List.Item key={index}>
        {step.text}
        {step.outcome === 'unchanged' && ' (it was so already)'}
        {step.outcome === 'refused' && ' (refused)'}
      </List.Item>
    ))}
  </List>
);
