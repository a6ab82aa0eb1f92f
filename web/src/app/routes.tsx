import type { ReactNode } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { LoadingPage } from '../ui/states';
import { Broken } from './Broken';
import { Shell } from './Shell';
import { useScreenTitle } from './titles';

type Screen = { default: React.ComponentType };

/** A screen that is loaded when somebody goes there. */
const at = (path: string, title: string, load: () => Promise<Screen>): RouteObject => ({
  path,
  lazy: async () => {
    const { default: Inside } = await load();
    return {
      element: (
        <Titled title={title}>
          <Inside />
        </Titled>
      ),
    };
  },
  hydrateFallbackElement: <LoadingPage />,
});

const Titled = ({ title, children }: { title: string; children: ReactNode }) => {
  useScreenTitle(title);
  return children;
};

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Broken />,
    hydrateFallbackElement: <LoadingPage />,
    children: [
      { index: true, element: <Navigate to="/deals" replace /> },
      at('deals', 'Deals', () => import('../board/BoardScreen')),
      at('deals/list', 'List of deals', () => import('../list/ListScreen')),
      at('deals/:id', 'Deal', () => import('../deals/DealScreen')),
      at('forecast', 'Forecast', () => import('../forecast/ForecastScreen')),
      at('activities', 'Activities', () => import('../activities/ActivitiesScreen')),
      at('contacts/*', 'Contacts', () => import('../contacts/ContactsScreen')),
      at('products/*', 'Products', () => import('../products/ProductsScreen')),
      at('import/*', 'Import', () => import('../import/ImportScreen')),
      at('insights', 'Insights', () => import('../insights/InsightsScreen')),
      at('settings/*', 'Settings', () => import('../settings/SettingsScreen')),
      at('explorer/*', 'API explorer', () => import('../explorer/ExplorerScreen')),
      at('*', 'Not found', () => import('./NotHere')),
    ],
  },
]);
