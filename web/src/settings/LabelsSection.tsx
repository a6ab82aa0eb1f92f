import { Tabs } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { Labels } from './Labels';
import { Section } from './Section';
import { Tags } from './Tags';

const subjects = ['deal', 'person', 'organization', 'lead', 'product'] as const;
/** Labels by kind of record, and tags. */
export default function LabelsSection() {
  const [params, setParams] = useSearchParams();
  const tab = params.get('of') ?? 'deal';
  return (
    <Section
      title="Labels and tags"
      lead="Labels are chosen from a list, have a colour and belong to one kind of record; tags are words that anybody may write on a deal."
    >
      <Tabs value={tab} onChange={of => setParams({ of: of ?? 'deal' }, { replace: true })} keepMounted={false}>
        <Tabs.List mb="md">
          {subjects.map(subject => (
            <Tabs.Tab key={subject} value={subject} tt="capitalize">
              {subject}s
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
        </Tabs.List>
        {subjects.map(subject => (
          <Tabs.Panel key={subject} value={subject}>
            <Labels subject={subject} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="tags">
          <Tags />
        </Tabs.Panel>
      </Tabs>
    </Section>
  );
}
