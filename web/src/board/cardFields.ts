import type { FieldDefinition } from '../api/types';

export const mostCardFields = 4;

/** The custom fields that a card can show: those whose value needs no other record to be read. */
export const cardFields = (fields: FieldDefinition[]) =>
  fields
    .filter(field => field.subject === 'deal' && field.type !== 'org' && field.type !== 'people')
    .sort((a, b) => a.position - b.position);
