import { useLocalStorage } from '@mantine/hooks';

/** Columns that this browser keeps folded. */
export const useCollapsed = (stageId: number): [boolean, (next: boolean) => void] => {
  const [stages, setStages] = useLocalStorage<number[]>({
    key: 'tributary-collapsed-stages',
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  return [stages.includes(stageId), next => setStages(before => (next ? [...before, stageId] : before.filter(one => one !== stageId)))];
};
