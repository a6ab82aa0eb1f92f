import { Empty } from '../ui/states';

export default function ProductsScreen() {
  return <Empty title="Products">This screen is on its way.</Empty>;
}
