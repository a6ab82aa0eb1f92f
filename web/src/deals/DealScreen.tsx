import { Empty } from '../ui/states';

export default function DealScreen() {
  return <Empty title="Deal">This screen is on its way.</Empty>;
}
