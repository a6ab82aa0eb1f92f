import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { LoadingPage } from '../ui/states';
import { Broken } from './Broken';
import { Shell } from './Shell';

type Screen = { default: React.ComponentType };

/** A screen that is loaded when somebody goes there. */
const at = (path: string, load: () => Promise<Screen>): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).default }),
  hydrateFallbackElement: <LoadingPage />,
});

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Broken />,
    hydrateFallbackElement: <LoadingPage />,
    children: [
      { index: true, element: <Navigate to="/deals" replace /> },
      at('deals', () => import('../board/BoardScreen')),
      at('deals/list', () => import('../list/ListScreen')),
      at('deals/:id', () => import('../deals/DealScreen')),
      at('forecast', () => import('../forecast/ForecastScreen')),
      at('activities', () => import('../activities/ActivitiesScreen')),
      at('contacts/*', () => import('../contacts/ContactsScreen')),
      at('products/*', () => import('../products/ProductsScreen')),
      at('import/*', () => import('../import/ImportScreen')),
      at('insights', () => import('../insights/InsightsScreen')),
      at('settings/*', () => import('../settings/SettingsScreen')),
      at('explorer/*', () => import('../explorer/ExplorerScreen')),
      at('*', () => import('./NotHere')),
    ],
  },
]);
