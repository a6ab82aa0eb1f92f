import { Button } from '@mantine/core';
import { IconColumns3, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Deal } from '../api/types';
import { useCreate } from '../app/create';
import { FirstRunActions } from '../app/FirstRunActions';
import { useIsPhone } from '../app/Shell';
import { LostDialog } from '../deals/LostDialog';
import { useEntering } from '../stages/useEntering';
import { notifyError } from '../ui/notify';
import { Empty, ErrorState, FilteredOut, LoadingPage, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import { BoardHeader } from './BoardHeader';
import { describe, findCard } from './board';
import { Celebration } from './Celebration';
import { Column } from './Column';
import { DropBar } from './DropBar';
import { MoveDialog } from './MoveDialog';
import { StageChips } from './StageChips';
import { useBoard, useBoardView } from './useBoard';
import { useBoardKeys } from './useBoardKeys';
import { useCardDrag } from './useCardDrag';
import { useMoves } from './useMoves';

const DealPanel = lazy(() => import('../deals/DealPanel'));
const NewActivity = lazy(() => import('../activities/NewActivity'));

/** A pipeline as columns of cards. */
export default function BoardScreen() {
  const view = useBoardView();
  const { board, error, refetch, loadMore, key, isFetching } = useBoard(view);
  const { enter, refusal: refuses, closing: stageOf, dialog: asking } = useEntering();
  const moves = useMoves(key, refuses);
  const create = useCreate();
  const isPhone = useIsPhone();
  const format = useFormat();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [losing, setLosing] = useState<number[] | null>(null);
  const [placing, setPlacing] = useState<number[] | null>(null);
  const [planning, setPlanning] = useState<number | null>(null);
  const [celebrating, setCelebrating] = useState(0);

  const select = useCallback(
    (id: number) => setSelected(before => (before.has(id) ? new Set([...before].filter(one => one !== id)) : new Set([...before, id]))),
    [],
  );
  const deselect = useCallback(() => setSelected(new Set()), []);
  const cardOf = useCallback((id: number): Deal | undefined => findCard(board, id), [board]);
  const cardOfLatest = useRef(cardOf);
  cardOfLatest.current = cardOf;
  const cards = useCallback((ids: number[]): Deal[] => ids.flatMap(id => cardOfLatest.current(id) ?? []), []);
  const isManual = view.order === 'position';

  const act = useMemo(
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
      sumOf: (ids: number[]) =>
        describe(
          ids.flatMap(id => cardOfLatest.current(id) ?? []),
          ids.length,
          format,
        ),
      open: view.openDeal,
    }),
    [moves, enter, refuses, stageOf, cards, isManual, deselect, view.catalog, view.openDeal, format],
  );
  const drag = useCardDrag(board, selected, act);
  /** Why the cards in the hand may not go there. */
  const refusal = useCallback(
    (stageId: number, ids: number[] | null = drag.dragging) => (ids ? refuses(cards(ids), view.catalog.stage(stageId)) : null),
    [drag.dragging, refuses, cards, view.catalog],
  );
  const closing = (kind: 'won' | 'lost') => {
    const deals = drag.dragging ? cards(drag.dragging) : [];
    return deals.length > 0 ? refuses(deals, stageOf(kind, deals[0])) : null;
  };
  const keys = useBoardKeys({ board, selected, select, deselect, act, refusal, isPanelOpen: view.dealId !== null });

  if (view.catalog.error) return <ErrorState error={view.catalog.error} />;
  if (view.catalog.isLoading) return <LoadingPage />;
  if (!view.pipeline)
    return (
      <Empty icon={IconColumns3} title="No pipeline yet" actions={<FirstRunActions />}>
        A pipeline is the row of stages that deals go through. Add one in Settings.
      </Empty>
    );

  const isEmpty = board && board.totals?.deals === 0;
  return (
    <div className={classes.screen}>
      <h1 className="visually-hidden">Deals: {view.pipeline.name}</h1>
      <div className={classes.left}>
        <BoardHeader view={view} board={board} isFetching={isFetching} />
        {isPhone && board && <StageChips board={board} />}
        {error && !board ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !board ? (
          <LoadingRows rows={5} height={80} />
        ) : isEmpty && view.isNarrowed ? (
          <FilteredOut onClear={view.clear} />
        ) : (
          <div
            className={classes.columns}
            ref={drag.scrollRef}
            data-phone={isPhone || undefined}
            role="group"
            aria-label={`${view.pipeline.name} board`}
          >
            {isEmpty && (
              <div className={classes.firstRun}>
                <Empty
                  icon={IconColumns3}
                  title="Your first deal goes here"
                  actions={
                    <>
                      <Button
                        leftSection={<IconPlus size={16} aria-hidden />}
                        onClick={() => create('deal', { pipeline_id: view.pipeline!.id })}
                      >
                        Add a deal
                      </Button>
                      <FirstRunActions />
                    </>
                  }
                >
                  Bring what you have from a file or another CRM, or look around with invented deals first.
                </Empty>
              </div>
            )}
            {board.columns
              .filter(column => column.stage?.kind === 'open')
              .map(column => (
                <Column
                  key={column.stage!.id}
                  column={column}
                  view={view}
                  selected={selected}
                  select={select}
                  act={act}
                  keys={keys}
                  onMore={loadMore}
                  isPhone={isPhone}
                  draggingFrom={drag.dragging}
                  refusal={refusal(column.stage!.id)}
                />
              ))}
          </div>
        )}
        <DropBar
          dragging={drag.dragging}
          selected={selected}
          act={act}
          deselect={deselect}
          refusals={{ won: closing('won'), lost: closing('lost') }}
        />
      </div>
      {view.dealId !== null && (
        <Suspense>
          <DealPanel id={view.dealId} onClose={() => view.openDeal(null)} />
        </Suspense>
      )}
      {losing && (
        <LostDialog
          deals={cards(losing)}
          title={losing.length === 1 ? `Lost: ${cardOf(losing[0]!)?.title ?? ''}` : `${losing.length} deals lost`}
          onClose={() => setLosing(null)}
          onLose={why => {
            const ids = losing;
            setLosing(null);
            deselect();
            void moves.lose(ids, why);
          }}
        />
      )}
      {placing && (
        <MoveDialog
          title={`Move ${act.sumOf(placing)}`}
          pipelineId={view.pipeline.id}
          onClose={() => setPlacing(null)}
          onMove={stageId => {
            setPlacing(null);
            if (view.catalog.stage(stageId)?.pipeline_id === view.pipeline?.id) act.move(placing, stageId);
            else act.movePipeline(placing, stageId);
          }}
        />
      )}
      {planning !== null && (
        <Suspense>
          <NewActivity beginning={{ deal_id: planning, title: cardOf(planning)?.title }} onClose={() => setPlanning(null)} />
        </Suspense>
      )}
      {asking}
      <Celebration times={celebrating} />
    </div>
  );
}

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
