import type { Beginning } from '../app/create';
import { ActivityForm } from './ActivityForm';

export default function NewActivity({ beginning, onClose }: { beginning: Beginning; onClose: () => void }) {
  return <ActivityForm beginning={beginning} onClose={onClose} />;
}
