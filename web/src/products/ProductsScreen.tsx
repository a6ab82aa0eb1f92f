import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { LoadingPage } from '../ui/states';
import { ProductList } from './ProductList';

const ProductPage = lazy(() => import('./ProductPage'));

/** The catalogue: what can be sold, at which prices. */
export default function ProductsScreen() {
  return (
    <Suspense fallback={<LoadingPage />}>
      <Routes>
        <Route index element={<ProductList />} />
        <Route path=":id" element={<ProductPage />} />
      </Routes>
    </Suspense>
  );
}
