import type { Board } from '../api/types';

/** Where a card is seen: its element and its corner in the window. */
export type Seen = { element: HTMLElement; x: number; y: number; width: number; height: number };
export type Sight = ReadonlyMap<number, Seen>;

export type Motion = { id: number; kind: 'glides' | 'shifts' | 'comes' | 'goes' };

/** More than this at once is no motion that an eye could follow. */
const most = 60;

const stagesOf = (board: Board) => {
  const stages = new Map<number, number>();
  for (const column of board.columns) for (const card of column.cards) stages.set(card.id, column.stage?.id ?? 0);
  return stages;
};

type Spot = Pick<Seen, 'x' | 'y'>;

/** How cards get from what was seen to what is: from stage to stage, up and down within one, out of nothing, and away. */
export const motions = (before: Board, after: Board, was: ReadonlyMap<number, Spot>, is: ReadonlyMap<number, Spot>): Motion[] => {
  const [from, to] = [stagesOf(before), stagesOf(after)];
  const found: Motion[] = [];
  for (const [id, now] of is) {
    const old = was.get(id);
    if (!old) {
      if (!from.has(id) || from.get(id) !== to.get(id)) found.push({ id, kind: 'comes' });
    } else if (from.get(id) !== to.get(id)) found.push({ id, kind: 'glides' });
    else if (Math.abs(old.x - now.x) + Math.abs(old.y - now.y) > 1) found.push({ id, kind: 'shifts' });
  }
  for (const id of was.keys()) if (!is.has(id) && from.get(id) !== to.get(id)) found.push({ id, kind: 'goes' });
  return found.length > most ? [] : found;
};

/** The cards in the document, which are those near the window. */
export const look = (frame: HTMLElement | null): Sight => {
  const seen = new Map<number, Seen>();
  for (const element of frame?.querySelectorAll<HTMLElement>('[data-deal]') ?? []) {
    const { x, y, width, height } = element.getBoundingClientRect();
    seen.set(Number(element.dataset.deal), { element, x, y, width, height });
  }
  return seen;
};

const time = { duration: 280, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' } as const;
const shift = (from: Spot, to: Spot) => `translate(${from.x - to.x}px, ${from.y - to.y}px)`;

/** A likeness of a card above everything, since a column cuts off what leaves it. It is gone when its motion ends. */
const likeness = (of: Seen, at: Seen, ghost: string, frames: Keyframe[], id: string) => {
  const copy = of.element.cloneNode(true) as HTMLElement;
  copy.removeAttribute('data-deal');
  copy.setAttribute('aria-hidden', 'true');
  copy.inert = true;
  copy.classList.add(ghost);
  Object.assign(copy.style, { left: `${at.x}px`, top: `${at.y}px`, width: `${at.width}px` });
  document.body.append(copy);
  copy.animate(frames, { ...time, id, fill: 'forwards' }).finished.then(
    () => copy.remove(),
    () => copy.remove(),
  );
};

/** Shows how the cards got where they are. The board itself has changed already; nothing waits for this. */
export const play = (all: Motion[], was: Sight, is: Sight, ghost: string) => {
  for (const { id, kind } of all) {
    const [old, now] = [was.get(id), is.get(id)];
    const name = `${kind} ${id}`;
    if (kind === 'glides' && old && now) {
      likeness(now, now, ghost, [{ transform: shift(old, now) }, { transform: 'none' }], name);
      now.element.animate([{ opacity: 0 }, { opacity: 0 }], { duration: time.duration });
    } else if (kind === 'shifts' && old && now)
      now.element.animate([{ transform: shift(old, now) }, { transform: 'none' }], { ...time, id: name });
    else if (kind === 'comes' && now)
      now.element.animate(
        [
          { opacity: 0, transform: 'translateY(-10px)' },
          { opacity: 1, transform: 'none' },
        ],
        { ...time, id: name },
      );
    else if (kind === 'goes' && old) likeness(old, old, ghost, [{ opacity: 1 }, { opacity: 0 }], name);
  }
};
