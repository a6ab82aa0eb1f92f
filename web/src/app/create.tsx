import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';
import { useShortcuts } from './shortcuts';

export type Creatable = 'deal' | 'person' | 'organization' | 'activity' | 'product';

/** What a form begins with, such as the stage whose + was pressed. */
export type Beginning = Partial<{
  pipeline_id: number;
  stage_id: number;
  person_id: number;
  org_id: number;
  deal_id: number;
  title: string;
  type: string;
  due_on: string;
}>;

type Create = (what: Creatable, beginning?: Beginning) => void;

const forms: Record<Creatable, React.LazyExoticComponent<(props: { beginning: Beginning; onClose: () => void }) => ReactNode>> = {
  deal: lazy(() => import('../deals/NewDeal')),
  person: lazy(() => import('../contacts/NewPerson')),
  organization: lazy(() => import('../contacts/NewOrganization')),
  activity: lazy(() => import('../activities/NewActivity')),
  product: lazy(() => import('../products/NewProduct')),
};

const Context = createContext<Create>(() => {});

/** Opens the form of a new record, from wherever: the + menu, the palette, a shortcut, an empty page. */
export const useCreate = () => useContext(Context);

export const CreateProvider = ({ children }: { children: ReactNode }) => {
  const [open, setOpen] = useState<{ what: Creatable; beginning: Beginning } | null>(null);
  const create = useMemo<Create>(
    () =>
      (what, beginning = {}) =>
        setOpen({ what, beginning }),
    [],
  );
  useShortcuts([{ keys: 'n', label: 'New deal', group: 'Everywhere', run: () => create('deal') }]);
  const Form = open && forms[open.what];
  return (
    <Context.Provider value={create}>
      {children}
      {Form && (
        <Suspense>
          <Form beginning={open.beginning} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </Context.Provider>
  );
};
