import { type CardProps, Measure, measureOf, Switch } from './Measure';
import { ReportCard } from './ReportCard';
import { ageingReport, funnelReport, lossReport, velocityReport } from './stageReports';
import { api, ask, useInsight } from './useReports';

export const FunnelCard = ({ at }: CardProps) => {
  const by = at.state.params.get('funnel') === 'entered' ? 'entered' : 'reached';
  const of = measureOf(at, 'funnel_of');
  const query = { pipeline_id: at.pipeline!, ...at.query };
  const { data, ...rest } = useInsight(
    'insights/funnel',
    query,
    () => ask(api.GET('/api/v1/insights/funnel', { params: { query } })),
    at.pipeline !== undefined,
  );
  return (
    <ReportCard
      {...rest}
      title="Funnel"
      about={at.about}
      rule={
        by === 'reached'
          ? 'Of the deals created in the period, how many came at least this far, and how many of those went on. A bar opens those that stand there or further now.'
          : 'Of the deals created in the period, how many ever were in the stage. A bar opens those that stand there or further now.'
      }
      report={data && funnelReport(data, by, of, at.ofPipeline)}
      controls={
        <>
          <Switch
            label="Count"
            value={by}
            onChange={funnel => at.state.set({ funnel: funnel === 'reached' ? null : funnel })}
            data={[
              { value: 'reached', label: 'Reached at least' },
              { value: 'entered', label: 'Entered each' },
            ]}
          />
          <Measure label="Funnel by" name="funnel_of" at={at} />
        </>
      }
    />
  );
};

export const VelocityCard = ({ at }: CardProps) => {
  const query = { pipeline_id: at.pipeline!, ...at.query };
  const { data, ...rest } = useInsight(
    'insights/velocity',
    query,
    () => ask(api.GET('/api/v1/insights/velocity', { params: { query } })),
    at.pipeline !== undefined,
  );
  return (
    <ReportCard
      {...rest}
      title="Velocity"
      about={at.about}
      rule="Days in each stage of deals that left it. Earns a day = open deals × win rate × average won value ÷ cycle; deals created in the period."
      report={data && velocityReport(data, at.ofPipeline)}
    />
  );
};

export const LossCard = ({ at }: CardProps) => {
  const as = at.state.params.get('losses') === 'matrix' ? 'matrix' : 'stackedBars';
  const query = { pipeline_id: at.state.scope.pipeline ?? undefined, ...at.query };
  const { data, ...rest } = useInsight('insights/loss-reasons', query, () =>
    ask(api.GET('/api/v1/insights/loss-reasons', { params: { query } })),
  );
  return (
    <ReportCard
      {...rest}
      title="Loss reasons"
      rule="Deals lost in the period, by the reason given and the stage they were lost in; the ten most frequent reasons."
      report={data && { ...lossReport(data.data, at.setting), shape: as }}
      controls={
        <Switch
          label="Loss reasons as"
          value={as}
          onChange={shape => at.state.set({ losses: shape === 'stackedBars' ? null : shape })}
          data={[
            { value: 'stackedBars', label: 'Bars' },
            { value: 'matrix', label: 'Stage × reason' },
          ]}
        />
      }
    />
  );
};

export const AgeingCard = ({ at }: CardProps) => {
  const query = { pipeline_id: at.pipeline!, ...at.query };
  const { data, ...rest } = useInsight(
    'insights/ageing',
    query,
    () => ask(api.GET('/api/v1/insights/ageing', { params: { query } })),
    at.pipeline !== undefined,
  );
  const rotten = {
    ...query,
    where: JSON.stringify({
      and: [{ field: 'is_rotten', operator: 'equals', value: true }, ...(query.where ? [JSON.parse(query.where)] : [])],
    }),
  };
  const { data: rotting } = useInsight(
    'insights/standing',
    rotten,
    () => ask(api.GET('/api/v1/insights/standing', { params: { query: rotten } })),
    at.pipeline !== undefined,
  );
  return (
    <ReportCard
      {...rest}
      title="Ageing"
      about={at.about}
      rule="Open deals created in the period, by the days since they came into their stage; the table also counts those that rot."
      report={
        data && ageingReport(data.data, new Map(rotting?.stages.map(stage => [stage.stage_id, stage.open?.deals ?? 0])), at.ofPipeline)
      }
    />
  );
};
