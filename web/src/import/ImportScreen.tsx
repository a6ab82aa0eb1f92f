import { Empty } from '../ui/states';

export default function ImportScreen() {
  return <Empty title="Import">This screen is on its way.</Empty>;
}
