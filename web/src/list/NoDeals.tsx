import { Button } from '@mantine/core';
import { IconBriefcase } from '@tabler/icons-react';
import { FirstRunActions } from '../app/FirstRunActions';
import { Empty } from '../ui/states';
import type { ListState } from './useListState';

const nothing: Record<ListState['tab'], { title: string; text: string }> = {
  open: { title: 'No open deals', text: 'Add the first one, or bring the deals you have.' },
  won: { title: 'Nothing won yet', text: 'Deals come here when they are won.' },
  lost: { title: 'Nothing lost', text: 'Deals come here when they are lost, with the reason why.' },
  archived: { title: 'The archive is empty', text: 'Archived deals keep their history and are in nobody’s way.' },
  deleted: { title: 'The bin is empty', text: 'Deleted deals wait here for 30 days and can be restored.' },
  all: { title: 'No deals', text: 'Add the first one, or bring the deals you have.' },
};

/** What stands where a tab of the list has no deals at all. */
export const NoDeals = ({ tab, onCreate }: { tab: ListState['tab']; onCreate: () => void }) => (
  <Empty
    icon={IconBriefcase}
    title={nothing[tab].title}
    actions={
      (tab === 'open' || tab === 'all') && (
        <>
          <Button onClick={onCreate}>Add a deal</Button>
          <FirstRunActions />
        </>
      )
    }
  >
    {nothing[tab].text}
  </Empty>
);
