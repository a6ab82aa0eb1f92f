import { useCallback, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Board } from '../api/types';
import { useShortcuts } from '../app/shortcuts';
import { announce } from '../ui/announce';
import { findCard, neighbour } from './board';
import type { Act } from './useActs';

type Given = {
  board: Board | undefined;
  selected: ReadonlySet<number>;
  select: (id: number) => void;
  deselect: () => void;
  act: Act;
  refusal: (stageId: number, ids: number[]) => string | null;
  isPanelOpen: boolean;
};

export type BoardKeys = { focused: number | null; lifted: boolean; focus: (id: number) => void; isActive: () => boolean };

/** The board by keyboard: arrows or H J K L go from card to card, Space lifts one, arrows then carry it, Space puts it down. */
export const useBoardKeys = ({ board, selected, select, deselect, act, refusal, isPanelOpen }: Given): BoardKeys => {
  const navigate = useNavigate();
  const [focused, setFocused] = useState<number | null>(null);
  const [lifted, setLifted] = useState<{ id: number; stageId: number; target: number } | null>(null);
  const active = useRef(false);
  const isActive = useCallback(
    () => active.current && (document.activeElement === document.body || document.activeElement?.closest('[data-deal]') !== null),
    [],
  );

  const columns = useMemo(
    () =>
      (board?.columns ?? [])
        .filter(column => column.stage?.kind === 'open')
        .map(column => ({ id: column.stage!.id, cards: column.cards.map(card => card.id) })),
    [board],
  );
  const current = focused !== null && findCard(board, focused) ? focused : null;
  const chosen = () => (selected.size > 0 ? [...selected] : current === null ? [] : [current]);
  const stageName = (id: number) => board?.columns.find(column => column.stage?.id === id)?.stage?.name ?? '';

  const go = (key: 'up' | 'down' | 'left' | 'right') => {
    active.current = true;
    if (lifted) {
      if (key === 'up' || key === 'down') return;
      const stages = columns.map(column => column.id);
      const at = stages.indexOf(lifted.target) + (key === 'left' ? -1 : 1);
      const target = stages[at];
      if (target === undefined) return;
      setLifted({ ...lifted, target });
      const reason = target === lifted.stageId ? null : refusal(target, chosen());
      announce(`Over ${stageName(target)}. ${reason ? `${reason}.` : 'Space puts it down.'} Escape puts it back.`);
      document.querySelector(`[data-stage="${target}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
      return;
    }
    const next = neighbour(columns, current, key);
    if (next === null) return;
    // Whatever had the focus, such as a button that was pressed last, gives it to the card.
    if (!isActive()) (document.activeElement as HTMLElement).blur();
    setFocused(next);
  };

  const lift = () => {
    const deal = current === null ? undefined : findCard(board, current);
    if (lifted) {
      setLifted(null);
      if (lifted.target === lifted.stageId) announce('Put back.');
      else act.move(chosen(), lifted.target);
    } else if (deal) {
      setLifted({ id: deal.id, stageId: deal.stage_id, target: deal.stage_id });
      announce(`${deal.title} lifted. Left and right choose the stage, Space puts it down, Escape puts it back.`);
    }
  };

  const putBack = () => {
    if (lifted) {
      setLifted(null);
      announce('Put back.');
    } else if (selected.size > 0) deselect();
  };

  const onChosen = (run: (ids: number[]) => void) => () => {
    const ids = chosen();
    if (ids.length > 0) run(ids);
  };
  const group = 'Board';
  useShortcuts([
    ...(['left', 'down', 'up', 'right'] as const).flatMap((key, index) => [
      { keys: `arrow${key}`, label: `Card ${key === 'left' || key === 'right' ? `to the ${key}` : key}`, group, run: () => go(key) },
      { keys: 'hjkl'[index]!, label: `Card ${key === 'left' || key === 'right' ? `to the ${key}` : key}`, group, run: () => go(key) },
    ]),
    { keys: 'space', label: 'Pick up or put down', group, run: lift },
    ...(lifted ? [{ keys: 'enter', label: 'Put down', group, run: lift }] : []),
    ...(lifted || selected.size > 0 ? [{ keys: 'escape', label: 'Put back, deselect', group, run: putBack }] : []),
    { keys: 's', label: 'Select', group, run: () => current !== null && select(current) },
    { keys: 'w', label: 'Won', group, run: onChosen(act.win) },
    { keys: 'x', label: 'Lost', group, run: onChosen(act.lose) },
    { keys: 'delete', label: 'Delete', group, run: onChosen(act.remove) },
    { keys: 'e', label: 'Edit', group, run: () => current !== null && act.open(current) },
    { keys: 'o', label: 'Open as a page', group, run: () => current !== null && navigate(`/deals/${current}`) },
    ...(isPanelOpen
      ? []
      : [
          { keys: 'a', label: 'Plan an activity', group, run: () => current !== null && act.plan(current) },
          { keys: 'm', label: 'Write a note', group, run: () => current !== null && navigate(`/deals/${current}?compose=note`) },
        ]),
  ]);

  const focus = useCallback((id: number) => {
    active.current = true;
    setFocused(id);
  }, []);
  const isLifted = lifted !== null;
  // The stage that a lifted card is over is marked without rendering its column.
  useMemo(() => {
    for (const element of document.querySelectorAll('[data-stage]'))
      element.toggleAttribute('data-target', isLifted && Number((element as HTMLElement).dataset.stage) === lifted?.target);
  }, [isLifted, lifted?.target]);
  return useMemo(() => ({ focused: current, lifted: isLifted, focus, isActive }), [current, isLifted, focus, isActive]);
};
