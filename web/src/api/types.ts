import type { components } from './schema.gen';

type Schemas = components['schemas'];

/** The records of the API under short names. Everything here comes from the OpenAPI document. */
export type Deal = Schemas['Deal'];
export type DealPatch = Schemas['DealPatch'];
export type NewDeal = Schemas['NewDeal'];
export type Pipeline = Schemas['Pipeline'];
export type Stage = Schemas['Stage'];
export type StagePatch = Schemas['StagePatch'];
/** Some people, as the API takes them; it answers the same with the roles as plain texts. */
export type Circle = Required<NonNullable<NonNullable<StagePatch['rules']>['who']>>;
export type Board = Schemas['Board'];
export type BoardColumn = Schemas['BoardColumn'];
export type Summary = Schemas['Summary'];
export type User = Schemas['User'];
export type Workspace = Schemas['Workspace'];
export type Label = Schemas['Label'];
export type LostReason = Schemas['LostReason'];
export type ActivityType = Schemas['ActivityType'];
export type Activity = Schemas['Activity'];
export type Note = Schemas['Note'];
export type FieldDefinition = Schemas['Field'];
export type FieldTypePreview = Schemas['FieldTypePreview'];
export type SavedFilter = Schemas['Filter'];
export type Currency = Schemas['Currency'];
export type UserGroup = Schemas['UserGroup'];
export type Person = Schemas['Person'];
export type Organization = Schemas['Organization'];
export type Product = Schemas['Product'];
export type StoredFile = Schemas['File'];
export type ApiEvent = Schemas['Event'];
export type CurrentSession = Schemas['CurrentSession'];
export type { components, operations, paths } from './schema.gen';
