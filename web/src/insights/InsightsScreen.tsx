import { Empty } from '../ui/states';

export default function InsightsScreen() {
  return <Empty title="Insights">This screen is on its way.</Empty>;
}
