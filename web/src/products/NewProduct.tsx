import { useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { Beginning } from '../app/create';
import { notifyDone } from '../ui/notify';
import { ProductForm } from './ProductForm';

export default function NewProduct({ onClose }: { beginning: Beginning; onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <ProductForm
      onClose={onClose}
      onSaved={product => {
        navigate(`/products/${product.id}`);
        notifyDone(`“${product.name}” added.`, async () => {
          await ask(api.DELETE('/api/v1/products/{id}', { params: { path: { id: product.id } } }));
          navigate('/products');
        });
      }}
    />
  );
}
