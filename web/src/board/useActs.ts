import { useCallback, useMemo, useRef, useState } from 'react';
import type { Board, Deal } from '../api/types';
import type { Entering } from '../stages/useEntering';
import { notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { describe, findCard } from './board';
import type { BoardView } from './useBoardView';
import type { Moves } from './useMoves';

/** What can be done with cards, by pointer, finger, key or bar alike. */
export type Act = {
  move: (ids: number[], stageId: number, beforeId?: number | null) => void;
  movePipeline: (ids: number[], stageId: number) => void;
  win: (ids: number[]) => void;
  lose: (ids: number[]) => void;
  remove: (ids: number[]) => void;
  plan: (id: number) => void;
  choosePlace: (ids: number[]) => void;
  /** "3 deals · €42,000" */
  sumOf: (ids: number[]) => string;
  open: (id: number) => void;
};

/** Cards wait here for a dialog: why they are lost, where they go, what is planned. */
export const useActs = (view: BoardView, board: Board | undefined, moves: Moves, entering: Entering, deselect: () => void) => {
  const format = useFormat();
  const { enter, refusal: refuses, closing: stageOf } = entering;
  const [losing, setLosing] = useState<number[] | null>(null);
  const [placing, setPlacing] = useState<number[] | null>(null);
  const [planning, setPlanning] = useState<number | null>(null);
  const [celebrating, setCelebrating] = useState(0);
  const cardOf = useCallback((id: number): Deal | undefined => findCard(board, id), [board]);
  const cardOfLatest = useRef(cardOf);
  cardOfLatest.current = cardOf;
  const cards = useCallback((ids: number[]): Deal[] => ids.flatMap(id => cardOfLatest.current(id) ?? []), []);
  const isManual = view.order === 'position';

  const act: Act = useMemo(
    () => ({
      move: (ids: number[], stageId: number, beforeId: number | null = null) =>
        enter(cards(ids), view.catalog.stage(stageId), async more => {
          if (await moves.move(ids, stageId, beforeId, isManual, more)) deselect();
        }),
      movePipeline: (ids: number[], stageId: number) =>
        enter(cards(ids), view.catalog.stage(stageId), more => void moves.movePipeline(ids, stageId, more).then(deselect)),
      win: (ids: number[]) => {
        const deals = cards(ids);
        enter(deals, stageOf('won', deals[0]), async more => {
          deselect();
          if (await moves.win(ids, more)) setCelebrating(before => before + 1);
        });
      },
      lose: (ids: number[]) => {
        const deals = cards(ids);
        const reason = refuses(deals, stageOf('lost', deals[0]));
        if (reason) notifyError(new Error(`${reason}.`), 'Not lost');
        else setLosing(ids);
      },
      remove: (ids: number[]) => {
        deselect();
        void moves.remove(ids);
      },
      plan: setPlanning,
      choosePlace: setPlacing,
      sumOf: (ids: number[]) => describe(cards(ids), ids.length, format),
      open: view.openDeal,
    }),
    [moves, enter, refuses, stageOf, cards, isManual, deselect, view.catalog, view.openDeal, format],
  );
  return { act, cardOf, cards, losing, setLosing, placing, setPlacing, planning, setPlanning, celebrating };
};
