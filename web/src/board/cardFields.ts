import type { FieldDefinition } from '../api/types';
import type { Preferences } from '../app/preferences';

export const mostCardFields = 4;

/** Those that cards of a pipeline show, by slug. */
export const chosenFields = ({ cardFields }: Pick<Preferences, 'cardFields'>, pipelineId: number | undefined) =>
  cardFields[String(pipelineId)] ?? cardFields.all ?? [];

/** The custom fields that a card can show: those whose value needs no other record to be read. */
export const cardFields = (fields: FieldDefinition[]) =>
  fields
    .filter(field => field.subject === 'deal' && field.type !== 'org' && field.type !== 'people')
    .sort((a, b) => a.position - b.position);
