import { Empty } from '../ui/states';

export default function ActivitiesScreen() {
  return <Empty title="Activities">This screen is on its way.</Empty>;
}
