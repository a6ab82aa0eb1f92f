import { Empty } from '../ui/states';

export default function ListScreen() {
  return <Empty title="Deal list">This screen is on its way.</Empty>;
}
