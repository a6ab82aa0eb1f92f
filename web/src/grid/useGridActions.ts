import { useRef, useState } from 'react';
import type { RowActions } from './GridRow';
import type { GridProps } from './gridProps';

type Actions<Row extends { id: number }> = RowActions<Row> & Pick<GridProps<Row>, 'onShown' | 'onSort'> & { onCheck: () => void };

/** The same actions for as long as the table stands, so that a row is drawn again only when something in it changed. */
export const useGridActions = <Row extends { id: number }>(now: Actions<Row>) => {
  const latest = useRef(now);
  latest.current = now;
  const [actions] = useState<Actions<Row>>(() => ({
    activate: (...given) => latest.current.activate(...given),
    edit: (...given) => latest.current.edit(...given),
    toggle: (...given) => latest.current.toggle(...given),
    finish: (...given) => latest.current.finish(...given),
    onShown: next => latest.current.onShown(next),
    onSort: next => latest.current.onSort(next),
    onCheck: () => latest.current.onCheck(),
  }));
  return actions;
};
