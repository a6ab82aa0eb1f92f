import { useQuery } from '@tanstack/react-query';
import { send } from '../api/client';
import { Problem } from '../api/problem';
import type { Deal } from '../api/types';
import { dialects, headersOf } from '../explorer/dialects';
import { snippets } from '../explorer/snippets';

/** This deal as a client of one API sees it, and what that cannot say. */
export type Spelling = {
  dialect: string;
  name: string;
  path: string;
  status: number;
  answer: unknown;
  says: Record<string, string>;
  cannot_say: string[];
};

/** The deal through every API, ours first; none while it is asked for. */
export const useLens = (deal: Deal, enabled = true) =>
  useQuery({
    queryKey: ['deal', deal.id, 'lens'],
    queryFn: async (): Promise<Spelling[]> => {
      try {
        const { dialects: all } = await (await send(`/api/v1/deals/${deal.id}/lens`)).json();
        return all.filter((one: Spelling) => one.dialect !== 'native');
      } catch (refused) {
        // A server that cannot look through the others still has its own answer.
        if (refused instanceof Problem && refused.isMissing) return [];
        throw refused;
      }
    },
    select: (others): Spelling[] => [ownOf(deal), ...others],
    enabled,
  });

/** Without the records that the page asked for beside the deal. */
const plain = ({ person: _p, organization: _o, contacts: _c, followers: _f, ...deal }: Deal) => deal;

export const ownOf = (deal: Deal): Spelling => ({
  dialect: 'native',
  name: 'Our own API',
  path: `/api/v1/deals/${deal.id}`,
  status: 200,
  answer: plain(deal),
  says: {},
  cannot_say: [],
});

const placeholders: Record<string, string> = { ysuite: 'YOUR_ACCESS_KEY YOUR_SECRET_KEY', cpod: 'YOUR_ACCESS_TOKEN' };

/** What a client of that API sends to read the deal, as a command line; the key is left to who runs it. */
export const curlOf = ({ dialect, path }: Pick<Spelling, 'dialect' | 'path'>, base: string) => {
  const known = dialects.find(one => one.name === dialect)?.name ?? 'native';
  const call = snippets.cURL({ method: 'GET', url: path, headers: headersOf(known, placeholders[known] ?? 'YOUR_KEY') }, base);
  return known === 'cpod' ? `${tokenOf(base)}\n${call}` : call;
};

// An app of cPod first changes its id and secret for a token.
const tokenOf = (base: string) =>
  `# The token, for an hour: ${snippets
    .cURL(
      {
        method: 'POST',
        url: '/cpod/api/v1/auth/token',
        headers: { 'Content-Type': 'application/json' },
        body: '{"grant_type":"client_credentials","client_id":"YOUR_ID","client_secret":"YOUR_SECRET"}',
      },
      base,
    )
    .replaceAll(' \\\n  ', ' ')}`;
