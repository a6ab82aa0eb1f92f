import { Empty } from '../ui/states';

export default function ContactsScreen() {
  return <Empty title="Contacts">This screen is on its way.</Empty>;
}
