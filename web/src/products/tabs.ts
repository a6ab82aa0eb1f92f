export const tabs = { active: 'For sale', archived: 'Archived', deleted: 'Deleted' } as const;
export type Tab = keyof typeof tabs;
