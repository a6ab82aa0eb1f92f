import { DateInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import type { Condition } from '../filters/condition';
import { addDays } from '../forecast/forecast';
import { originOf } from '../scope/goals';
import { type CardProps, Measure, measureOf, Switch } from './Measure';
import { activityReport, monthlyGoal, movementReport, winRateReport, wonReport } from './monthReports';
import { ReportCard } from './ReportCard';
import { api, ask, useInsight } from './useReports';

export const WinRateCard = ({ at }: CardProps) => {
  const by = at.state.params.get('cohort') === 'created' ? 'created' : 'closed';
  const of = measureOf(at, 'rate_of');
  const query = { pipeline_id: at.state.scope.pipeline ?? undefined, ...at.query };
  const { data, ...rest } = useInsight('insights/win-rate', query, () => ask(api.GET('/api/v1/insights/win-rate', { params: { query } })));
  return (
    <ReportCard
      {...rest}
      title="Win rate"
      rule={
        by === 'closed'
          ? 'Won ÷ (won + lost), of the deals closed in each month, by number or by value at today’s rates.'
          : 'Won ÷ (won + lost), of the deals created in each month, whenever they were closed.'
      }
      report={data && winRateReport(data.data, by, of, at.setting)}
      controls={
        <>
          <Switch
            label="Cohort"
            value={by}
            onChange={cohort => at.state.set({ cohort: cohort === 'closed' ? null : cohort })}
            data={[
              { value: 'closed', label: 'Closed in the month' },
              { value: 'created', label: 'Created in the month' },
            ]}
          />
          <Measure label="Win rate by" name="rate_of" at={at} />
        </>
      }
    />
  );
};

const useGoals = () =>
  useQuery({ queryKey: ['goals'], queryFn: async () => (await ask(api.GET('/api/v1/goals', { params: { query: { limit: 500 } } }))).data })
    .data ?? [];

export const WonCard = ({ at }: CardProps) => {
  const goals = useGoals();
  const { scope, whose } = at.state;
  const goalOf = monthlyGoal(goals, whose, at.base);
  const aim = goalOf(`${at.setting.format.today().slice(0, 7)}-01`);
  const query = { pipeline_id: scope.pipeline ?? undefined, ...at.query };
  const { data, ...rest } = useInsight('insights/won-over-time', query, () =>
    ask(api.GET('/api/v1/insights/won-over-time', { params: { query } })),
  );
  return (
    <ReportCard
      {...rest}
      title="Won over time"
      rule={`The value of deals won in each month, in ${at.base} at today's rates${aim ? `, against the goal: ${originOf(aim)}` : ''}.`}
      report={data && wonReport(data.data, goalOf, at.setting)}
    />
  );
};

export const MovementCard = ({ at }: CardProps) => {
  const { params, set, scope } = at.state;
  const today = at.setting.format.today();
  const since = params.get('since') ?? addDays(today, -30);
  const until = params.get('until');
  const query = {
    pipeline_id: scope.pipeline ?? undefined,
    owner_id: at.query.owner_id,
    where: at.query.where,
    since: `${since}T00:00:00Z`,
    as_of: until && until < today ? `${until}T23:59:59Z` : undefined,
    with_deals: true,
  };
  const { data, ...rest } = useInsight('insights/movement', query, () => ask(api.GET('/api/v1/insights/movement', { params: { query } })));
  return (
    <ReportCard
      {...rest}
      title="Pipeline movement"
      rule="How the value of open deals went from what it was on the first day to what it was on the last; put together from the log. A bar opens its first 200 deals."
      report={data && movementReport(data, since, until ?? today, query.as_of === undefined, at.setting)}
      controls={
        <>
          <DateInput
            aria-label="From"
            size="xs"
            w={130}
            valueFormat="YYYY-MM-DD"
            maxDate={addDays(until ?? today, -1)}
            value={since}
            onChange={day => set({ since: day })}
          />
          <DateInput
            aria-label="To"
            size="xs"
            w={130}
            valueFormat="YYYY-MM-DD"
            placeholder="Now"
            clearable
            minDate={addDays(since, 1)}
            maxDate={today}
            value={until}
            onChange={day => set({ until: day })}
          />
        </>
      }
    />
  );
};

export const ActivityCard = ({ at }: CardProps) => {
  const query = { owner_id: at.state.scope.owner ?? undefined, ...at.days };
  const { data, ...rest } = useInsight('insights/activities', query, () =>
    ask(api.GET('/api/v1/insights/activities', { params: { query } })),
  );
  const url = (owner: number | null, kind: 'done' | 'planned' | 'overdue') => {
    const { from, to } = at.days;
    const field = kind === 'done' ? 'done_at' : 'due_on';
    const isEmpty: Condition = { field, operator: 'is_empty' };
    // What is due on no day is planned for any.
    const side = (operator: 'at_least' | 'at_most', value: string | undefined): Condition[] =>
      value === undefined ? [] : kind === 'done' ? [{ field, operator, value }] : [{ or: [{ field, operator, value }, isEmpty] }];
    const today = at.setting.format.today();
    const conditions: Condition[] = [
      owner === null ? { field: 'owner_id', operator: 'is_empty' } : { field: 'owner_id', operator: 'in', values: [owner] },
      { field: 'done', operator: 'equals', value: kind === 'done' },
      ...side('at_least', from),
      ...side('at_most', to),
      ...(kind === 'planned' ? side('at_least', today) : []),
      ...(kind === 'overdue' ? [{ field, operator: 'less', value: today } as const] : []),
    ];
    return `/activities?${new URLSearchParams({ where: JSON.stringify({ and: conditions }) })}`;
  };
  return (
    <ReportCard
      {...rest}
      title="Activity"
      rule="Activities done in the period, planned for it, and overdue, by user; whatever deal they are for. Pipeline, team and label do not matter here."
      report={data && activityReport(data.data, id => at.catalog.user(id)?.name ?? 'Somebody', url, at.setting)}
    />
  );
};
