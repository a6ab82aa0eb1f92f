import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useNews } from './useNews';

const NewsList = lazy(() => import('./NewsList'));

/** What waits for whoever is signed in, and what others did that concerns them. */
export const Notifications = () => {
  const [open, setOpen] = useState(false);
  const { news, unseen, look } = useNews();
  const toggle = () => {
    setOpen(before => !before);
    if (!open) look();
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={360} trapFocus>
      <Indicator disabled={unseen === 0} label={unseen > 9 ? '9+' : unseen} size={17} zIndex={1} color="red.8" offset={4} withBorder>
        <Popover.Target>
          <ActionIcon
            variant="default"
            size={34}
            radius="md"
            aria-label={unseen > 0 ? `Notifications, ${unseen} new` : 'Notifications'}
            aria-expanded={open}
            onClick={toggle}
          >
            <IconBell size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label="Notifications" p={0} maw="94vw">
        {open && (
          <Suspense>
            <NewsList news={news} onGo={() => setOpen(false)} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
};
