/** What the dialects are called. */
export const dialects: Record<string, string> = {
  native: 'Tributary',
  pipedrive: 'Pipedrive',
  automatenexus: 'AutomateNexus',
  switch: 'Switch',
  ysuite: 'YSuite',
  cpod: 'cPod',
  web: 'Web app',
  cli: 'Command line',
  automation: 'Automation',
  system: 'Server',
};

export const dialectName = (dialect: string) => dialects[dialect] ?? dialect;

const nouns = [
  'deals',
  'persons',
  'organizations',
  'leads',
  'activities',
  'notes',
  'files',
  'mail',
  'products',
  'pipelines',
  'fields',
  'filters',
  'labels',
  'tags',
  'lost_reasons',
  'currencies',
  'goals',
  'users',
  'events',
  'webhooks',
  'automations',
  'jobs',
  'keys',
  'apps',
  'workspace',
];

export const scopes = [
  { value: '*', label: 'Everything' },
  { value: 'read', label: 'Read everything' },
  ...nouns.flatMap(noun => [
    { value: `${noun}:read`, label: `${noun}: read` },
    { value: `${noun}:write`, label: `${noun}: read and write` },
  ]),
];

const told = ['person', 'organization', 'lead', 'activity', 'note', 'file', 'mail_message', 'product'];

/** The types of events that webhooks are mostly told; any other of docs/webhooks.md can be typed. */
export const eventTypes = [
  '*',
  ...['created', 'updated', 'stage_changed', 'won', 'lost', 'deleted', 'restored', 'archived', 'unarchived', 'merged'].map(
    action => `deal.${action}`,
  ),
  ...told.flatMap(noun => ['created', 'updated', 'deleted', 'restored', 'merged'].map(action => `${noun}.${action}`)),
  'automation.called',
];

/** What a credential may do, in a sentence. */
export const scopesText = (given: readonly string[]) =>
  given.map(scope => scopes.find(one => one.value === scope)?.label ?? scope).join(', ');

export const roles = [
  { value: 'admin', label: 'Admin', text: 'Everything, and sees every record.' },
  { value: 'manager', label: 'Manager', text: 'Also shapes pipelines, fields, labels, goals, webhooks and automations.' },
  { value: 'member', label: 'Member', text: 'Works with the records they see.' },
] as const;

export const visibilities = [
  { value: 1, label: 'Owner and followers', text: 'Only they, and admins.' },
  { value: 3, label: "Owner's team", text: "Everyone in the owner's group." },
  { value: 5, label: 'Team and those below', text: "The owner's group and the groups below it in the tree." },
  { value: 7, label: 'Everyone', text: 'All users of the workspace.' },
];

export const visibilityOf = (level: number) => (visibilities.find(one => one.value === level)?.label ?? 'nobody').toLowerCase();

const reasons: Record<string, string> = {
  admin: 'admins see everything',
  owner: 'they own it',
  everyone: 'everyone sees it',
  group: "they are in the owner's team",
  group_below: "they are in a team below the owner's",
  follower: 'they follow it',
  none: 'they do not see it',
};

/** Why somebody sees a record. */
export const reasonOf = (why: string) => reasons[why] ?? why;
