import { IconColumns3 } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { FirstRunActions } from '../app/FirstRunActions';
import { useIsPhone } from '../app/Shell';
import { LostDialog } from '../deals/LostDialog';
import { useEntering } from '../stages/useEntering';
import { Empty, ErrorState, FilteredOut, LoadingPage, LoadingRows } from '../ui/states';
import classes from './Board.module.css';
import { BoardHeader } from './BoardHeader';
import { Celebration } from './Celebration';
import { Columns } from './Columns';
import { DropBar } from './DropBar';
import { MoveDialog } from './MoveDialog';
import { StageChips } from './StageChips';
import { useActs } from './useActs';
import { useBoard } from './useBoard';
import { useBoardKeys } from './useBoardKeys';
import { useBoardView } from './useBoardView';
import { useCardDrag } from './useCardDrag';
import { useMoves } from './useMoves';

const DealPanel = lazy(() => import('../deals/DealPanel'));
const NewActivity = lazy(() => import('../activities/NewActivity'));

/** A pipeline as columns of cards. */
export default function BoardScreen() {
  const view = useBoardView();
  const { board, error, refetch, loadMore, key, isFetching, isPlaceholderData } = useBoard(view);
  const entering = useEntering();
  const { refusal: refuses, closing: stageOf } = entering;
  const isPhone = useIsPhone();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());

  const select = useCallback(
    (id: number) => setSelected(before => (before.has(id) ? new Set([...before].filter(one => one !== id)) : new Set([...before, id]))),
    [],
  );
  const deselect = useCallback(() => setSelected(new Set()), []);
  const moves = useMoves(key, refuses);
  const { act, cardOf, cards, ...waiting } = useActs(view, board, moves, entering, deselect);
  const { losing, placing, planning } = waiting;
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
          <Columns
            key={view.pipeline.id}
            {...{ board, view, selected, select, act, keys, drag, isPhone, refusal }}
            onMore={loadMore}
            isFormer={isPlaceholderData}
          />
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
          onClose={() => waiting.setLosing(null)}
          onLose={why => {
            waiting.setLosing(null);
            deselect();
            void moves.lose(losing, why);
          }}
        />
      )}
      {placing && (
        <MoveDialog
          title={`Move ${act.sumOf(placing)}`}
          pipelineId={view.pipeline.id}
          onClose={() => waiting.setPlacing(null)}
          onMove={stageId => {
            waiting.setPlacing(null);
            if (view.catalog.stage(stageId)?.pipeline_id === view.pipeline?.id) act.move(placing, stageId);
            else act.movePipeline(placing, stageId);
          }}
        />
      )}
      {planning !== null && (
        <Suspense>
          <NewActivity beginning={{ deal_id: planning, title: cardOf(planning)?.title }} onClose={() => waiting.setPlanning(null)} />
        </Suspense>
      )}
      {entering.dialog}
      <Celebration times={waiting.celebrating} />
    </div>
  );
}
