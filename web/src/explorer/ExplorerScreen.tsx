import { Empty } from '../ui/states';

export default function ExplorerScreen() {
  return <Empty title="API explorer">This screen is on its way.</Empty>;
}
