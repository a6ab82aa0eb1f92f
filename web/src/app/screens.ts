import {
  IconActivity,
  IconAddressBook,
  IconApi,
  IconBriefcase,
  IconCalendarEvent,
  IconChartBar,
  IconChartDots3,
  IconPackage,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';

export type Screen = { path: string; label: string; icon: TablerIcon; key: string; phone?: boolean; low?: boolean };

/** The places of the app, in the order of the rail. `key` is what follows G; `phone` are the tabs at the bottom. */
export const screens: Screen[] = [
  { path: '/deals', label: 'Deals', icon: IconBriefcase, key: 'b', phone: true },
  { path: '/forecast', label: 'Forecast', icon: IconChartDots3, key: 'f' },
  { path: '/activities', label: 'Activities', icon: IconCalendarEvent, key: 'a', phone: true },
  { path: '/contacts', label: 'Contacts', icon: IconAddressBook, key: 'c', phone: true },
  { path: '/products', label: 'Products', icon: IconPackage, key: 'p' },
  { path: '/insights', label: 'Insights', icon: IconChartBar, key: 'i', phone: true },
  { path: '/explorer', label: 'API explorer', icon: IconApi, key: 'e', low: true },
  { path: '/settings', label: 'Settings', icon: IconSettings, key: 's', low: true },
];

export const brandIcon = IconActivity;
