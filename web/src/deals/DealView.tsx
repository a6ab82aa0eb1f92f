import { Tabs } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Deal, Stage } from '../api/types';
import { useShortcuts } from '../app/shortcuts';
import { useRecordTitle } from '../app/titles';
import { type Composed, Composer } from '../past/Composer';
import { Focus } from '../past/Focus';
import { Timeline } from '../past/Timeline';
import { useEntering } from '../stages/useEntering';
import { ErrorState, LoadingPage, LoadingRows } from '../ui/states';
import classes from './Deal.module.css';
import { DealHead } from './DealHead';
import { DealSide } from './DealSide';
import { Elsewhere } from './Elsewhere';
import { Stepper } from './Stepper';
import { useChangeDeal, useDeal } from './useDeal';

const DealProducts = lazy(() => import('./DealProducts'));
const DealPeople = lazy(() => import('./DealPeople'));
const DealFiles = lazy(() => import('./DealFiles'));
const DealHistory = lazy(() => import('./DealHistory'));
const DealLens = lazy(() => import('./DealLens'));

const NewActivity = lazy(() => import('../activities/NewActivity'));

/** Everything about a deal, as a page or beside the board. */
export const DealView = ({ id, isPanel }: { id: number; isPanel?: boolean }) => {
  const { data: deal, error, refetch } = useDeal(id);
  useRecordTitle(isPanel ? undefined : deal?.title);
  if (error && !deal) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!deal) return <LoadingRows rows={8} />;
  return <Loaded deal={deal} isPanel={isPanel ?? false} />;
};

const Loaded = ({ deal, isPanel }: { deal: Deal; isPanel: boolean }) => {
  const [params, setParams] = useSearchParams();
  const change = useChangeDeal(deal.id);
  const entering = useEntering();
  const tab = params.get('part') ?? 'timeline';
  const setTab = (part: string | null) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        for (const name of ['part', 'field']) next.delete(name);
        if (part && part !== 'timeline') next.set('part', part);
        return next;
      },
      { replace: true },
    );
  const [compose, setCompose] = useState<Composed>((params.get('compose') as Composed) ?? null);
  const [planning, setPlanning] = useState(false);
  const write = (what: Composed) => {
    setTab('timeline');
    if (what === 'activity') setPlanning(true);
    else setCompose(what);
  };
  useShortcuts([
    { keys: 'm', label: 'Write a note', group: 'Deal', run: () => write('note') },
    { keys: 'a', label: 'Plan an activity', group: 'Deal', run: () => write('activity') },
  ]);
  const save = (patch: Parameters<typeof change.mutate>[0]['patch'], done?: string) => change.mutate({ patch, done });
  const move = (stage: Stage) => entering.enter([deal], stage, more => save({ stage_id: stage.id, ...more }, `Moved to ${stage.name}.`));

  return (
    <div className={classes.view} data-panel={isPanel || undefined}>
      <DealHead deal={deal} save={save} onMove={move} isPanel={isPanel} />
      <Stepper deal={deal} refusal={stage => entering.refusal([deal], stage)} onMove={move} />
      {entering.dialog}
      <Elsewhere deal={deal} />
      <div className={classes.body}>
        <DealSide deal={deal} save={save} />
        <div className={classes.centre}>
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <Tabs.List style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden', scrollbarWidth: 'none' }}>
              <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
              <Tabs.Tab value="products">Products{deal.facts?.products ? ` ${deal.facts.products}` : ''}</Tabs.Tab>
              <Tabs.Tab value="people">Participants{deal.facts?.participants ? ` ${deal.facts.participants}` : ''}</Tabs.Tab>
              <Tabs.Tab value="files">Files{deal.facts?.files ? ` ${deal.facts.files}` : ''}</Tabs.Tab>
              <Tabs.Tab value="history">History</Tabs.Tab>
              <Tabs.Tab value="api">API</Tabs.Tab>
            </Tabs.List>
            <Suspense fallback={<LoadingPage />}>
              <Tabs.Panel value="timeline" pt="md">
                <Composer
                  about={{ deal_id: deal.id }}
                  personId={deal.person_id}
                  party={deal.contacts?.find(one => one.email) ?? { email: null, name: null }}
                  open={compose}
                  onOpen={write}
                  onClose={() => setCompose(null)}
                />
                <Focus of="deal" id={deal.id} />
                <Timeline of="deal" id={deal.id} />
              </Tabs.Panel>
              <Tabs.Panel value="products" pt="md">
                <DealProducts deal={deal} />
              </Tabs.Panel>
              <Tabs.Panel value="people" pt="md">
                <DealPeople deal={deal} />
              </Tabs.Panel>
              <Tabs.Panel value="files" pt="md">
                <DealFiles deal={deal} />
              </Tabs.Panel>
              <Tabs.Panel value="history" pt="md">
                <DealHistory deal={deal} />
              </Tabs.Panel>
              <Tabs.Panel value="api" pt="md">
                <DealLens deal={deal} />
              </Tabs.Panel>
            </Suspense>
          </Tabs>
        </div>
      </div>
      {planning && (
        <Suspense>
          <NewActivity beginning={{ deal_id: deal.id, title: deal.title }} onClose={() => setPlanning(false)} />
        </Suspense>
      )}
    </div>
  );
};
