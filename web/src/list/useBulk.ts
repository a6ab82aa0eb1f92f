import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { announce } from '../ui/announce';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { type BulkChange, backItem, collect, collectIds, itemOf, type Report, run, sentence, type Target } from './bulk';
import type { ListState } from './useListState';

type Given = {
  state: ListState;
  ids: number[] | null;
  count: number;
  change: BulkChange | null;
  onClose: () => void;
  onDone: () => void;
};

type Work = { label: string; done: number; total: number };

const pairs = (change: BulkChange, targets: Target[]) => targets.map(target => ({ target, item: itemOf(change, target) }));

/** A change of many deals: tried first, then done with progress, and for a while taken back. Closing the dialog stops it. */
export const useBulk = ({ state, ids, count, change, onClose, onDone }: Given) => {
  const format = useFormat();
  const queries = useQueryClient();
  const [work, setWork] = useState<Work | null>(null);
  const [preview, setPreview] = useState<{ change: BulkChange; report: Report } | null>(null);
  const abort = useRef<AbortController>(new AbortController());
  useEffect(() => () => abort.current.abort(), []);

  const tell = (label: string) => (done: number, total: number) => setWork({ label, done, total });
  const fail = (error: unknown) => {
    setWork(null);
    if (!(error instanceof DOMException)) notifyError(error);
  };

  const ask = async (asked: BulkChange) => {
    const { signal } = abort.current;
    setWork({ label: 'Reading the deals', done: 0, total: count });
    const targets = ids
      ? await collectIds(ids, asked.fields, signal)
      : await collect(state, asked.fields, tell('Reading the deals'), signal);
    const report = await run(pairs(asked, targets), true, tell('Trying it'), signal);
    setWork(null);
    setPreview({ change: asked, report });
    announce(sentence(report, format.number));
  };

  const apply = async ({ change: asked, report }: { change: BulkChange; report: Report }) => {
    // The preview left the versions as they would be; what is sent names none, so that nobody's hurry stops the rest.
    const done = await run(
      pairs(
        asked,
        report.changed.map(target => ({ ...target, version: -1 })),
      ),
      false,
      tell('Changing'),
      abort.current.signal,
    );
    void queries.invalidateQueries({ queryKey: ['deals'] });
    onDone();
    onClose();
    const back = async () => {
      const undone = await run(
        done.changed.map(target => ({ target: { ...target, version: -1 }, item: backItem(asked, target) })),
        false,
        () => {},
        new AbortController().signal,
      );
      void queries.invalidateQueries({ queryKey: ['deals'] });
      if (undone.refused.length > 0) notifyError(new Error(`${sentence(undone, format.number, true)}.`), 'Not all could be taken back');
    };
    notifyDone(`${asked.label}: ${sentence(done, format.number, true)}.`, done.changed.length > 0 ? back : undefined);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, for the change the dialog was opened with.
  useEffect(() => {
    abort.current = new AbortController();
    if (change) ask(change).catch(fail);
  }, []);

  return {
    work,
    preview,
    ask: (asked: BulkChange) => void ask(asked).catch(fail),
    apply: (shown: NonNullable<typeof preview>) => void apply(shown).catch(fail),
  };
};
