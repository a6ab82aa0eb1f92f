import { Empty } from '../ui/states';

export default function BoardScreen() {
  return <Empty title="Board">This screen is on its way.</Empty>;
}
