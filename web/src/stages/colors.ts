import type { Stage } from '../api/types';

/** The colours of stages by the API's words; tokens.css spells each for both themes, at least 3:1 against the surface. */
export const stageColors = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'indigo', 'violet', 'pink'];

export const fillOf = (stage: Pick<Stage, 'color'> | undefined) => (stage?.color ? `var(--t-stage-${stage.color})` : undefined);
