import { Button } from '@mantine/core';
import { IconColumns3, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Deal } from '../api/types';
import { useCreate } from '../app/create';
import { FirstRunActions } from '../app/FirstRunActions';
import { useIsPhone } from '../app/Shell';
import { LostDialog } from '../deals/LostDialog';
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
  const moves = useMoves(key);
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
  const isManual = view.order === 'position';

  const act = useMemo(
    () => ({
      move: async (ids: number[], stageId: number, beforeId: number | null = null) => {
        if (await moves.move(ids, stageId, beforeId, isManual)) deselect();
      },
      movePipeline: (ids: number[], stageId: number) => void moves.movePipeline(ids, stageId).then(deselect),
      win: async (ids: number[]) => {
        deselect();
        if (await moves.win(ids)) setCelebrating(before => before + 1);
      },
      lose: setLosing,
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
    [moves, isManual, deselect, view.openDeal, format],
  );
  const drag = useCardDrag(board, selected, act);
  const keys = useBoardKeys({ board, selected, select, deselect, act, isPanelOpen: view.dealId !== null });

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
                />
              ))}
          </div>
        )}
        <DropBar dragging={drag.dragging} selected={selected} act={act} deselect={deselect} />
      </div>
      {view.dealId !== null && (
        <Suspense>
          <DealPanel id={view.dealId} onClose={() => view.openDeal(null)} />
        </Suspense>
      )}
      {losing && (
        <LostDialog
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
            if (view.catalog.stage(stageId)?.pipeline_id === view.pipeline?.id) void act.move(placing, stageId);
            else act.movePipeline(placing, stageId);
          }}
        />
      )}
      {planning !== null && (
        <Suspense>
          <NewActivity beginning={{ deal_id: planning, title: cardOf(planning)?.title }} onClose={() => setPlanning(null)} />
        </Suspense>
      )}
      <Celebration times={celebrating} />
    </div>
  );
}

export type Act = {
  move: (ids: number[], stageId: number, beforeId?: number | null) => Promise<void>;
  movePipeline: (ids: number[], stageId: number) => void;
  win: (ids: number[]) => Promise<void>;
  lose: (ids: number[]) => void;
  remove: (ids: number[]) => void;
  plan: (id: number) => void;
  choosePlace: (ids: number[]) => void;
  /** "3 deals · €42,000" */
  sumOf: (ids: number[]) => string;
  open: (id: number) => void;
};
