import { Empty } from '../ui/states';

export default function SettingsScreen() {
  return <Empty title="Settings">This screen is on its way.</Empty>;
}
