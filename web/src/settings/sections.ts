import { lazy } from 'react';

/** The pages of the settings by what they are about. */
export const groups = [
  {
    name: 'Personal',
    sections: [{ path: 'account', label: 'You', page: lazy(() => import('./AccountSection')) }],
  },
  {
    name: 'Selling',
    sections: [
      { path: 'pipelines', label: 'Pipelines', page: lazy(() => import('./PipelinesSection')) },
      { path: 'fields', label: 'Custom fields', page: lazy(() => import('./FieldsSection')) },
      { path: 'lost-reasons', label: 'Lost reasons', page: lazy(() => import('./LostReasonsSection')) },
      { path: 'labels', label: 'Labels and tags', page: lazy(() => import('./LabelsSection')) },
      { path: 'activity-types', label: 'Activity types', page: lazy(() => import('./ActivityTypesSection')) },
      { path: 'currencies', label: 'Currencies and rates', page: lazy(() => import('./CurrenciesSection')) },
      { path: 'goals', label: 'Goals', page: lazy(() => import('./GoalsSection')) },
    ],
  },
  {
    name: 'People',
    sections: [
      { path: 'users', label: 'Users', page: lazy(() => import('./UsersSection')) },
      { path: 'teams', label: 'Teams and visibility', page: lazy(() => import('./TeamsSection')) },
    ],
  },
  {
    name: 'Programs',
    sections: [
      { path: 'keys', label: 'API keys', page: lazy(() => import('./KeysSection')) },
      { path: 'apps', label: 'Apps', page: lazy(() => import('./AppsSection')) },
      { path: 'webhooks', label: 'Webhooks', page: lazy(() => import('./WebhooksSection')), one: lazy(() => import('./WebhookPage')) },
      {
        path: 'automations',
        label: 'Automations',
        page: lazy(() => import('./AutomationsSection')),
        one: lazy(() => import('./AutomationPage')),
      },
    ],
  },
  {
    name: 'Workspace',
    sections: [
      { path: 'workspace', label: 'Workspace', page: lazy(() => import('./WorkspaceSection')) },
      { path: 'audit', label: 'Audit log', page: lazy(() => import('./AuditSection')) },
      { path: 'data', label: 'Backup and data', page: lazy(() => import('./DataSection')) },
    ],
  },
];

export const sections = groups.flatMap(group => group.sections);
