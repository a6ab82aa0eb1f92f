import { ActionIcon, Table } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { Rows } from './Rows';
import { useAct } from './useAct';

/** What a currency was worth, day by day. */
export const CurrencyRates = ({ code, onClose }: { code: string; onClose: () => void }) => {
  const act = useAct('currencies', 'rates');
  const { mayManage } = useSession();
  const query = useQuery({
    queryKey: ['rates', code],
    queryFn: () => ask(api.GET('/api/v1/currencies/{code}/rates', { params: { path: { code }, query: { limit: 100 } } })),
  });
  return (
    <FormModal title={`Rates of ${code}`} submit="Done" keys={[]} size="lg" onClose={onClose} onSubmit={async () => {}}>
      {() => (
        <Rows
          label={`Rates of ${code}`}
          query={query}
          head={['From', 'Rate', 'Source', '']}
          none="No rates yet"
          empty="Nobody said what it is worth."
        >
          {rate => (
            <Table.Tr key={rate.day}>
              <Table.Td>{rate.day}</Table.Td>
              <Table.Td className="tabular">{rate.rate}</Table.Td>
              <Table.Td>{rate.source}</Table.Td>
              <Table.Td>
                {mayManage && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Delete the rate of ${rate.day}`}
                    onClick={() =>
                      void act(
                        () => ask(api.DELETE('/api/v1/currencies/{code}/rates/{day}', { params: { path: { code, day: rate.day ?? '' } } })),
                        'Rate deleted.',
                        () =>
                          ask(
                            api.POST('/api/v1/currencies/rates', {
                              body: { rates: [{ code, day: rate.day ?? '', rate: rate.rate, source: rate.source }] },
                            }),
                          ),
                      )
                    }
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          )}
        </Rows>
      )}
    </FormModal>
  );
};
