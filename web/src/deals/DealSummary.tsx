import type { Deal, DealPatch } from '../api/types';
import { LabelsField } from '../side/LabelsField';
import { OwnerField } from '../side/OwnerField';
import { SideSection } from '../side/SideSection';
import { SightField } from '../side/SightField';
import { ChoiceEditor, DayEditor, NumberEditor, TextEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { useFormat } from '../ui/useFormat';
import classes from './Deal.module.css';

type Props = { deal: Deal; save: (patch: DealPatch, done?: string) => void };

/** The deal's own values: when, how likely, whose, and why it ended. */
export const DealSummary = ({ deal, save }: Props) => {
  const format = useFormat();
  const isLate = deal.status === 'open' && deal.expected_close !== null && deal.expected_close < format.today();
  const text = (name: 'source' | 'forecast_category' | 'deal_type' | 'description', label: string, multiline = false) => (
    <Inline
      label={label}
      editor={close => (
        <TextEditor
          label={label}
          multiline={multiline}
          value={deal[name] ?? ''}
          close={close}
          onSave={value => save({ [name]: value.trim() || null })}
        />
      )}
    >
      {deal[name] ?? '–'}
    </Inline>
  );
  return (
    <SideSection title="Summary">
      <Inline
        label="Expected close"
        editor={close => (
          <DayEditor label="Expected close" value={deal.expected_close} close={close} onSave={value => save({ expected_close: value })} />
        )}
      >
        <span style={isLate ? { color: 'var(--t-overdue)', fontWeight: 600 } : undefined}>
          {format.day(deal.expected_close)}
          {isLate && ' (past)'}
        </span>
      </Inline>
      <Inline
        label="Probability"
        editor={close => (
          <NumberEditor
            label="Probability"
            suffix=" %"
            min={0}
            max={100}
            value={deal.probability}
            close={close}
            onSave={value => save({ probability: value })}
          />
        )}
      >
        {format.percent(deal.effective_probability)}
        {deal.probability === null && <span className={classes.faint}> as its stage</span>}
      </Inline>
      <Inline label="Weighted value">
        <span className="tabular">
          {format.money(deal.weighted_value === null ? null : Math.round(deal.weighted_value * 100) / 100, deal.currency)}
        </span>
      </Inline>
      <OwnerField id={deal.owner_id} onSave={id => id && save({ owner_id: id })} />
      <LabelsField subject="deal" ids={deal.label_ids} onSave={ids => save({ label_ids: ids })} />
      <Inline
        label="Priority"
        editor={close => (
          <ChoiceEditor
            label="Priority"
            choices={['low', 'medium', 'high', 'urgent'].map(value => ({ value, label: value[0]!.toUpperCase() + value.slice(1) }))}
            value={deal.priority}
            close={close}
            onSave={value => value && save({ priority: value as Deal['priority'] })}
          />
        )}
      >
        {deal.priority[0]!.toUpperCase() + deal.priority.slice(1)}
      </Inline>
      {text('forecast_category', 'Forecast category')}
      {text('source', 'Source')}
      {deal.status === 'lost' && (
        <Inline
          label="Lost reason"
          editor={close => (
            <TextEditor
              label="Lost reason"
              value={deal.lost_reason ?? ''}
              close={close}
              onSave={value => save({ lost_reason: value.trim() || null })}
            />
          )}
        >
          {deal.lost_reason ?? '–'}
        </Inline>
      )}
      {deal.status === 'won' && deal.won_reason && <Inline label="Won reason">{deal.won_reason}</Inline>}
      {deal.closure_notes && <Inline label="Closing comment">{deal.closure_notes}</Inline>}
      {deal.competitors.length > 0 && <Inline label="Competitors">{deal.competitors.join(', ')}</Inline>}
      {text('description', 'Description', true)}
      <SightField value={deal.visible_to} onSave={circle => save({ visible_to: circle as Deal['visible_to'] })} />
    </SideSection>
  );
};
