import { useParams } from 'react-router';
import { Problem } from '../api/problem';
import { ErrorState } from '../ui/states';
import { DealView } from './DealView';

/** A deal as a page. */
export default function DealScreen() {
  const id = Number(useParams().id);
  if (!Number.isSafeInteger(id) || id < 1) return <ErrorState error={new Problem(404, null)} />;
  return <DealView key={id} id={id} />;
}
