import { Code, CopyButton, Group, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { CopyIcon } from '../ui/CopyIcon';
import type { Sendable } from './request';
import { snippets } from './snippets';

type Language = keyof typeof snippets;

/** The request as code, to take away. */
export const Snippets = ({ request }: { request: Sendable }) => {
  const [language, setLanguage] = useState<Language>('cURL');
  const text = snippets[language](request, location.origin);
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Language"
          data={Object.keys(snippets)}
          value={language}
          onChange={value => setLanguage(value as Language)}
        />
        <CopyButton value={text}>
          {({ copied, copy }) => <CopyIcon copied={copied} onClick={copy} label={`Copy as ${language}`} />}
        </CopyButton>
      </Group>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
    </Stack>
  );
};
